package conformance

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	// alertRules names a folder with the rules written for the drills, alertDrill a file with when things happened in them.
	alertRules = "CONFORMANCE_ALERT_RULES"
	alertDrill = "CONFORMANCE_ALERT_DRILL"
	// storeControl is an address that stops and starts stores.
	storeControl = "CONFORMANCE_STORE_CONTROL"
)

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// startDrill is the plugin without any experiment of its own: the rules must carry what they test.
func startDrill(t *testing.T) (*uplift, map[string]alertRule) {
	t.Helper()
	u := startUplift(t)
	var settings map[string]any
	if err := json.Unmarshal(u.context.DataSourceInstanceSettings.JSONData, &settings); err != nil {
		t.Fatal(err)
	}
	delete(settings, "experiments")
	raw, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	u.context.DataSourceInstanceSettings.JSONData = raw
	rules := loadRules(t, os.Getenv(alertRules))
	for uid := range rules {
		// One rule of each kind: the split drill is there for its split.
		if strings.HasSuffix(uid, "-drill-split") && uid != "uplift-srm-drill-split" || uid == "uplift-srm-drill-incident" {
			delete(rules, uid)
		}
	}
	return u, rules
}

// drillTimes are instants by name, e.g. `duringIncident`.
func drillTimes(t *testing.T) map[string]time.Time {
	t.Helper()
	raw, err := os.ReadFile(os.Getenv(alertDrill))
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]time.Time{}
	if err := json.Unmarshal(raw, &times); err != nil {
		t.Fatal(err)
	}
	return times
}

func control(t *testing.T, store, action string) {
	t.Helper()
	response, err := http.Post(os.Getenv(storeControl)+"/"+store+"/"+action, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", action, store, response.Status)
	}
}

var number = regexp.MustCompile(`\d`)

func TestAlertRulesFireAndRecover(t *testing.T) {
	u, rules := startDrill(t)
	times := drillTimes(t)
	cases := []struct{ rule, before, firing, after, label, want string }{
		{"wins-drill-incident", "start", "better", "worse", "variant", "challenger"},
		{"loses-drill-incident", "better", "worse", "betterAgain", "variant", "challenger"},
		{"guardrail-drill-incident", "better", "incidentOver", "end", "metric", "error_rate"},
		{"srm-drill-split", "", "lossOfChallenger", "end", "experiment", "drill-split"},
		{"regression-15m-drill-incident", "better", "duringIncident", "longAfterIncident", "metric", "error_rate,latency_p95_ms"},
		{"regression-1h-drill-incident", "better", "duringIncident", "longAfterIncident", "metric", "error_rate,latency_p95_ms"},
		{"drift-drill-incident", "better", "drifted", "end", "feature", "basket_value"},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			rule, known := rules["uplift-"+c.rule]
			if !known {
				t.Fatalf("no such rule; there are %v", rules)
			}
			labels := ""
			for _, step := range []struct{ at, want string }{{c.before, ""}, {c.firing, c.want}, {c.after, ""}} {
				if step.at == "" {
					continue
				}
				at, known := times[step.at]
				if !known {
					t.Fatalf("no instant %q", step.at)
				}
				evaluated := u.evaluate(t, rule, at)
				if evaluated.err != nil {
					t.Fatalf("%s: %v", step.at, evaluated.err)
				}
				if labels != "" && evaluated.labelSets() != labels {
					t.Errorf("%s: labels %s, before %s", step.at, evaluated.labelSets(), labels)
				}
				labels = evaluated.labelSets()
				firing := strings.Split(evaluated.firing(c.label), ",")
				for _, want := range strings.Split(step.want, ",") {
					if !slices.Contains(firing, want) {
						t.Errorf("%s: firing for %q, want %q: %v", step.at, firing, step.want, evaluated.instances)
					}
				}
				for _, one := range evaluated.instances {
					if one.firing == nil || !*one.firing {
						continue
					}
					words := summarise(t, rule, one)
					t.Log(words)
					if strings.Contains(words, "no value") || strings.Contains(words, "NaN") || !number.MatchString(words) {
						t.Errorf("summary: %s", words)
					}
				}
			}
		})
	}
}

// TestAlertLabelsAreComplete: what a rule and its frames label together names experiment, variant, metric and severity, and
// neither overrides the other.
func TestAlertLabelsAreComplete(t *testing.T) {
	u, rules := startDrill(t)
	at := drillTimes(t)["drifted"]
	for uid, rule := range rules {
		evaluated := u.evaluate(t, rule, at)
		if evaluated.err != nil || len(evaluated.instances) == 0 {
			t.Fatalf("%s: %d instances, %v", uid, len(evaluated.instances), evaluated.err)
		}
		for labels, one := range evaluated.instances {
			for name := range one.labels {
				if _, both := rule.Labels[name]; both {
					t.Errorf("%s: label %s is set by the rule and by its frames", uid, name)
				}
			}
			for _, name := range []string{"experiment", "variant", "metric", "severity"} {
				if one.labels[name] == "" && rule.Labels[name] == "" {
					t.Errorf("%s: instance %s has no label %s", uid, labels, name)
				}
			}
		}
	}
}

// TestAlertRulesKeepTheirLabelsWhileStoresComeAndGo takes each store away and brings it back. A rule that needs it errs or
// has null under the same labels; one that does not need it does not notice.
func TestAlertRulesKeepTheirLabelsWhileStoresComeAndGo(t *testing.T) {
	u, rules := startDrill(t)
	at := drillTimes(t)["drifted"]
	needs := map[string][]string{
		"mlflow": {},
		"prometheus": {"wins-drill-incident", "loses-drill-incident", "guardrail-drill-incident", "srm-drill-split",
			"regression-15m-drill-incident", "regression-1h-drill-incident"},
		"influx": {"drift-drill-incident"},
	}
	before := map[string]evaluation{}
	for uid, rule := range rules {
		before[uid] = u.evaluate(t, rule, at)
	}
	for _, store := range []string{"mlflow", "prometheus", "influx"} {
		t.Run(store, func(t *testing.T) {
			control(t, store, "stop")
			t.Cleanup(func() { control(t, store, "start") })
			// A process of its own knows nothing from before, as after a restart of Grafana.
			without, _ := startDrill(t)
			for uid, rule := range rules {
				if strings.HasPrefix(uid, "uplift-source") {
					continue
				}
				evaluated := without.evaluate(t, rule, at)
				isNeeded := slices.Contains(needs[store], strings.TrimPrefix(uid, "uplift-"))
				switch {
				case evaluated.err != nil && isNeeded:
				case evaluated.err != nil:
					t.Errorf("%s needs no %s: %v", uid, store, evaluated.err)
				case evaluated.labelSets() != before[uid].labelSets():
					t.Errorf("%s: labels %s, before %s", uid, evaluated.labelSets(), before[uid].labelSets())
				case evaluated.firing("metric") != before[uid].firing("metric") && !isNeeded:
					t.Errorf("%s: firing %q, before %q", uid, evaluated.firing("metric"), before[uid].firing("metric"))
				}
			}
		})
	}
	for uid, rule := range rules {
		if after := u.evaluate(t, rule, at); after.err != nil || after.labelSets() != before[uid].labelSets() {
			t.Errorf("%s, all stores back: %v, labels %s, before %s", uid, after.err, after.labelSets(), before[uid].labelSets())
		}
	}
}

func TestAlertOfADegradedSourceFiresAndRecovers(t *testing.T) {
	u, rules := startDrill(t)
	rule := rules["uplift-source-all"]
	check := func(want string) {
		t.Helper()
		evaluated := u.evaluate(t, rule, time.Now())
		if evaluated.err != nil || len(evaluated.instances) != 3 || evaluated.firing("source") != want {
			t.Errorf("firing for %q, want %q: %v %v", evaluated.firing("source"), want, evaluated.instances, evaluated.err)
		}
	}
	check("")
	control(t, "influx", "stop")
	check("influx")
	control(t, "mlflow", "stop")
	control(t, "prometheus", "stop")
	if blind := u.evaluate(t, rule, time.Now()); blind.err == nil {
		t.Errorf("with every store away a rule errs, and not: %v", blind.instances)
	}
	for _, store := range []string{"influx", "mlflow", "prometheus"} {
		control(t, store, "start")
	}
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(500 * time.Millisecond) {
		if evaluated := u.evaluate(t, rule, time.Now()); evaluated.err == nil && evaluated.firing("source") == "" {
			return
		}
	}
	check("")
}

// TestTwoRulesOnOneQueryDoNotDisturbEachOther: the same query with two thresholds, in one process, at the same instant.
func TestTwoRulesOnOneQueryDoNotDisturbEachOther(t *testing.T) {
	u, rules := startDrill(t)
	at := drillTimes(t)["duringIncident"]
	wins, loses := rules["uplift-wins-drill-incident"], rules["uplift-loses-drill-incident"]
	first, second := u.evaluate(t, wins, at), u.evaluate(t, loses, at)
	if first.labelSets() != second.labelSets() {
		t.Errorf("labels %s and %s", first.labelSets(), second.labelSets())
	}
	if again := u.evaluate(t, wins, at); again.firing("variant") != first.firing("variant") {
		t.Errorf("firing %q, then %q", first.firing("variant"), again.firing("variant"))
	}
}
