package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// dashboards as provisioned; what the demo has no traffic for may be empty, but must not fail.
const dashboardFolder = "../../provisioning/dashboards"

// mayBeEmpty: the metrics of Grafana's own scrape of the plugin, which no Prometheus does here.
const mayBeEmpty = "uplift-self"

func TestEveryTargetOfEveryDashboardAnswersOnTheDemo(t *testing.T) {
	u := startUplift(t)
	files, err := filepath.Glob(filepath.Join(dashboardFolder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var dashboard struct {
			UID    string `json:"uid"`
			Panels []struct {
				Title   string           `json:"title"`
				Targets []map[string]any `json:"targets"`
			} `json:"panels"`
		}
		if err := json.Unmarshal(raw, &dashboard); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				t.Run(dashboard.UID+"/"+panel.Title, func(t *testing.T) {
					rows := 0
					for _, frame := range u.frames(t, false, withVariables(target)) {
						rows += frame.Rows()
					}
					if rows == 0 && dashboard.UID != mayBeEmpty {
						t.Error("no rows")
					}
				})
			}
		}
	}
}

// withVariables is a target as the front end sends it with one experiment chosen and All everywhere else.
func withVariables(target map[string]any) map[string]any {
	sent := map[string]any{"interpolated": true}
	for field, value := range target {
		switch {
		case field == "filters":
			sent[field] = map[string]any{}
		case value == "$experiment":
			sent[field] = experiment
		default:
			sent[field] = value
		}
	}
	return sent
}
