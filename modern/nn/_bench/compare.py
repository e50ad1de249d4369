#!/usr/bin/env python3
"""Training steps beside PyTorch, one thread each, turn by turn in one run.

Run by compare.sh, which builds the Go side. For each net a round is some steps
of ours, then of theirs. Times of one thread are processor time, so that other
work on the machine takes nothing of either: of ours that of a long run less
that of a short one, which takes off what a start costs. Two threads are held
against one by the wall clock, which means something on an idle machine only.
Printed are medians over the rounds, of the ratios and of the steps a second.
"""
import os
import re
import resource
import statistics
import subprocess
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)


class Zip(nn.Module):
    """The net of 1989: a bias for each unit, three groups of connections."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(12, 1, 5, 5) * 0.1)
        self.b1 = nn.Parameter(torch.zeros(12, 8, 8))
        self.w2 = nn.Parameter(torch.randn(12, 8, 5, 5) * 0.1)
        self.b2 = nn.Parameter(torch.zeros(12, 4, 4))
        self.h3 = nn.Linear(192, 30)
        self.out = nn.Linear(30, 10)

    def forward(self, x):
        x = F.pad(x, (2, 2, 2, 2), value=-1.0)
        x = torch.tanh(F.conv2d(x, self.w1, stride=2) + self.b1)
        x = F.pad(x, (2, 2, 2, 2), value=-1.0)
        a = F.conv2d(x[:, 0:8], self.w2[0:4], stride=2)
        b = F.conv2d(x[:, 4:12], self.w2[4:8], stride=2)
        c = F.conv2d(torch.cat((x[:, 0:4], x[:, 8:12]), 1), self.w2[8:12], stride=2)
        x = torch.tanh(torch.cat((a, b, c), 1) + self.b2)
        x = torch.tanh(self.h3(x.flatten(1)))
        return torch.tanh(self.out(x))


class LeNet5(nn.Module):
    """LeNet-5 with all connections from S2 to C3 and its codes as a layer."""

    def __init__(self):
        super().__init__()
        self.c1, self.c3, self.c5 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5), nn.Conv2d(16, 120, 5)
        self.a2, self.b2 = nn.Parameter(torch.ones(6, 1, 1)), nn.Parameter(torch.zeros(6, 1, 1))
        self.a4, self.b4 = nn.Parameter(torch.ones(16, 1, 1)), nn.Parameter(torch.zeros(16, 1, 1))
        self.f6 = nn.Linear(120, 84)
        self.register_buffer("codes", torch.randint(0, 2, (10, 84)) * 2.0 - 1)

    @staticmethod
    def act(x):
        return 1.7159 * torch.tanh(2 / 3 * x)

    def forward(self, x):
        x = self.act(self.c1(x))
        x = self.act(self.a2 * F.avg_pool2d(x, 2) + self.b2)
        x = self.act(self.c3(x))
        x = self.act(self.a4 * F.avg_pool2d(x, 2) + self.b4)
        x = self.act(self.c5(x)).flatten(1)
        x = self.act(self.f6(x))
        return -((x[:, None, :] - self.codes) ** 2).sum(2)


class Characters(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.out = nn.RNN(65, 128), nn.Linear(128, 65)

    def forward(self, x):
        return self.out(self.rnn(F.one_hot(x, 65).float())[0]).flatten(0, 1)


def mlp():
    act = nn.Sigmoid
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 500), act(), nn.Linear(500, 500), act(),
                         nn.Linear(500, 2000), act(), nn.Linear(2000, 10))


def step_of(net, x, y, loss, momentum=0.0, clip=0.0):
    opt = torch.optim.SGD(net.parameters(), lr=0.001, momentum=momentum)

    def step():
        opt.zero_grad()
        loss(net(x), y).backward()
        if clip:
            nn.utils.clip_grad_norm_(net.parameters(), clip)
        opt.step()

    return step


def theirs(name):
    ce = F.cross_entropy
    if name == "zip-codes-1989":
        return step_of(Zip(), torch.randn(1, 1, 16, 16), torch.randn(1, 10).sign(), F.mse_loss)
    if name == "mlp-2006":
        return step_of(mlp(), torch.randn(128, 1, 28, 28), torch.randint(0, 10, (128,)), ce)
    if name == "lenet-5-1998":
        return step_of(LeNet5(), torch.randn(64, 1, 32, 32), torch.randint(0, 10, (64,)), ce, momentum=0.9)
    return step_of(Characters(), torch.randint(0, 65, (50, 32)), torch.randint(0, 65, (1600,)), ce, clip=5.0)


def run(binary, name, threads, steps):
    """Nanoseconds of the wall clock a step, and seconds of the processor in all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = subprocess.run([binary, "-test.run", "^$", "-test.bench", f"^BenchmarkTraining$/^{name}$/^{threads}$", "-test.benchtime", f"{steps}x"],
                          capture_output=True, text=True, check=True, env=dict(os.environ, GOMAXPROCS=str(threads))).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"([0-9.]+) ns/op", text)
    if not found:
        sys.exit(f"no benchmark of {name}:\n{text}")
    return float(found.group(1)), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(binary, name, steps):
    return (run(binary, name, 1, 2 * steps)[1] - run(binary, name, 1, steps)[1]) / steps * 1e9


def theirs_takes(step, steps):
    begin = time.process_time()
    for _ in range(steps):
        step()
    return (time.process_time() - begin) / steps * 1e9


def main():
    binary, rounds = sys.argv[1], int(sys.argv[2])
    print(f"torch {torch.__version__}, {rounds} rounds, medians; one thread each")
    print("| net | batch | ours, steps/s | torch, steps/s | ratio | two threads to one |\n|---|---|---|---|---|---|")
    for name, batch, steps, goal in (("zip-codes-1989", 1, 500, 80), ("mlp-2006", 128, 5, 1.4), ("lenet-5-1998", 64, 20, 4), ("characters", 32, 20, 2)):
        step = theirs(name)
        theirs_takes(step, steps)
        a, b, two = [], [], []
        for _ in range(rounds):
            a.append(ours(binary, name, steps * (40 if batch == 1 else 2)))
            b.append(theirs_takes(step, steps))
            if batch > 1:
                two.append(run(binary, name, 1, steps)[0] / run(binary, name, 2, steps)[0])
        ratio = statistics.median(y / x for x, y in zip(a, b))
        pair = f"{statistics.median(two):.2f}" if two else "-"
        print(f"| {name} | {batch} | {1e9 / statistics.median(a):,.0f} | {1e9 / statistics.median(b):,.0f} | {ratio:.2f} (goal {goal}) | {pair} |", flush=True)


main()
