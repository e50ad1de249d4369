package tui

import tea "charm.land/bubbletea/v2"

// app is the whole screen.
type app struct{ o Options }

func newApp(o Options) (*app, error) { return &app{o: o}, nil }

// Init implements tea.Model.
func (a *app) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return a, tea.Quit
	}
	return a, nil
}

// View implements tea.Model.
func (a *app) View() tea.View { return tea.NewView("") }
