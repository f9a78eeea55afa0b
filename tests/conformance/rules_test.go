package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"gopkg.in/yaml.v3"
)

// What follows reads provisioned alert rules and evaluates them as Grafana does: each query by itself with FromAlert, the
// time range relative to the evaluation, frames of numbers joined by their labels, then the expressions.
// See pkg/services/provisioning/alerting/rules_types.go and pkg/expr in Grafana.

const expressions = "__expr__"

type ruleFile struct {
	Groups []struct {
		Name     string      `yaml:"name"`
		Interval string      `yaml:"interval"`
		Rules    []alertRule `yaml:"rules"`
	} `yaml:"groups"`
}

type alertRule struct {
	UID         string            `yaml:"uid"`
	Condition   string            `yaml:"condition"`
	Labels      map[string]string `yaml:"labels"`
	Annotations map[string]string `yaml:"annotations"`
	Data        []ruleQuery       `yaml:"data"`
}

type ruleQuery struct {
	RefID             string `yaml:"refId"`
	QueryType         string `yaml:"queryType"`
	DatasourceUID     string `yaml:"datasourceUid"`
	RelativeTimeRange struct {
		From int `yaml:"from"`
		To   int `yaml:"to"`
	} `yaml:"relativeTimeRange"`
	Model map[string]any `yaml:"model"`
}

// loadRules reads every rule file in a folder; aliases of YAML are resolved by the library that Grafana uses, too.
func loadRules(t *testing.T, folder string) map[string]alertRule {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule files in %q: %v", folder, err)
	}
	rules := map[string]alertRule{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file ruleFile
		if err := yaml.Unmarshal(raw, &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				if _, twice := rules[rule.UID]; twice {
					t.Fatalf("two rules are called %s", rule.UID)
				}
				rules[rule.UID] = rule
			}
		}
	}
	return rules
}

// instance is one alert instance after an evaluation.
type instance struct {
	labels data.Labels
	// firing is nil where the value is missing: Grafana's state NoData.
	firing *bool
	values map[string]float64
}

// evaluation is what one evaluation of a rule came to: instances by their labels, or an error.
type evaluation struct {
	instances map[string]instance
	err       error
}

func (e evaluation) labelSets() string {
	sets := []string{}
	for labels := range e.instances {
		sets = append(sets, labels)
	}
	return strings.Join(sorted(sets), " | ")
}

// firing lists the instances that fire, by a label.
func (e evaluation) firing(label string) string {
	names := []string{}
	for _, one := range e.instances {
		if one.firing != nil && *one.firing {
			names = append(names, one.labels[label])
		}
	}
	return strings.Join(sorted(names), ",")
}

type numbers map[string]struct {
	labels data.Labels
	value  *float64
}

// evaluate runs a rule as of an instant.
func (u *uplift) evaluate(t *testing.T, rule alertRule, at time.Time) evaluation {
	t.Helper()
	results := map[string]numbers{}
	for _, query := range rule.Data {
		if query.DatasourceUID == expressions {
			results[query.RefID] = express(t, query.Model, results)
			continue
		}
		response := u.askRule(t, query, at)
		if response.Error != nil {
			return evaluation{err: response.Error}
		}
		results[query.RefID] = numbersOf(t, rule.UID, response.Frames)
	}
	instances := map[string]instance{}
	for labels, outcome := range results[rule.Condition] {
		one := instance{labels: outcome.labels, values: map[string]float64{}}
		if outcome.value != nil {
			fires := *outcome.value != 0
			one.firing = &fires
		}
		for refID, result := range results {
			if number, ok := result[labels]; ok {
				one.values[refID] = math.NaN()
				if number.value != nil {
					one.values[refID] = *number.value
				}
			}
		}
		instances[labels] = one
	}
	return evaluation{instances: instances}
}

// askRule sends one query as pkg/expr's DSNode does.
func (u *uplift) askRule(t *testing.T, query ruleQuery, at time.Time) backend.DataResponse {
	t.Helper()
	raw, err := json.Marshal(query.Model)
	if err != nil {
		t.Fatal(err)
	}
	from := at.Add(-time.Duration(query.RelativeTimeRange.From) * time.Second)
	to := at.Add(-time.Duration(query.RelativeTimeRange.To) * time.Second)
	request := backend.ToProto().QueryDataRequest(&backend.QueryDataRequest{
		PluginContext: u.context,
		Headers:       map[string]string{"FromAlert": "true"},
		Queries: []backend.DataQuery{{
			RefID: query.RefID, QueryType: query.QueryType, JSON: raw,
			MaxDataPoints: int64(query.Model["maxDataPoints"].(int)),
			Interval:      time.Duration(query.Model["intervalMs"].(int)) * time.Millisecond,
			TimeRange:     backend.TimeRange{From: from, To: to},
		}},
	})
	answer, err := u.data.QueryData(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	response, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		t.Fatal(err)
	}
	return response.Responses[query.RefID]
}

// numbersOf holds frames to what alerting demands: typed numeric-multi, one nullable number each, labels that differ.
func numbersOf(t *testing.T, uid string, frames data.Frames) numbers {
	t.Helper()
	result := numbers{}
	for _, frame := range frames {
		if frame.Meta == nil || frame.Meta.Type != data.FrameTypeNumericMulti {
			t.Fatalf("%s: not numeric-multi: %+v", uid, frame.Meta)
		}
		if len(frame.Fields) != 1 || frame.Fields[0].Type() != data.FieldTypeNullableFloat64 || frame.Rows() != 1 {
			t.Fatalf("%s: not one nullable number", uid)
		}
		labels := frame.Fields[0].Labels
		if _, twice := result[labels.String()]; twice {
			t.Fatalf("%s: two frames are labelled %s", uid, labels)
		}
		value, _ := frame.Fields[0].At(0).(*float64)
		if value != nil && (math.IsNaN(*value) || math.IsInf(*value, 0)) {
			t.Fatalf("%s: %v instead of null", uid, *value)
		}
		result[labels.String()] = struct {
			labels data.Labels
			value  *float64
		}{labels, value}
	}
	return result
}

var product = regexp.MustCompile(`^\$(\w+) \* ([\d.]+)$`)

// express evaluates the two expressions our rules use: a threshold, and a product for words.
func express(t *testing.T, model map[string]any, results map[string]numbers) numbers {
	t.Helper()
	expression := model["expression"].(string)
	switch model["type"] {
	case "math":
		parts := product.FindStringSubmatch(expression)
		if parts == nil {
			t.Fatalf("an expression that this test cannot evaluate: %s", expression)
		}
		factor, _ := strconv.ParseFloat(parts[2], 64)
		return each(results[parts[1]], func(value float64) float64 { return value * factor })
	case "threshold":
		condition := model["conditions"].([]any)[0].(map[string]any)["evaluator"].(map[string]any)
		limits := []float64{}
		for _, limit := range condition["params"].([]any) {
			number, err := strconv.ParseFloat(fmt.Sprint(limit), 64)
			if err != nil {
				t.Fatal(err)
			}
			limits = append(limits, number)
		}
		return each(results[expression], func(value float64) float64 {
			isMet := map[string]bool{
				"gt":           value > limits[0],
				"lt":           value < limits[0],
				"within_range": value > limits[0] && value < limits[len(limits)-1],
			}
			met, known := isMet[condition["type"].(string)]
			if !known {
				t.Fatalf("a threshold that this test cannot evaluate: %v", condition)
			}
			if met {
				return 1
			}
			return 0
		})
	default:
		t.Fatalf("an expression that this test cannot evaluate: %v", model["type"])
		return nil
	}
}

// each maps the numbers that are there; what is missing stays missing.
func each(input numbers, convert func(float64) float64) numbers {
	output := numbers{}
	for key, number := range input {
		if number.value != nil {
			converted := convert(*number.value)
			number.value = &converted
		}
		output[key] = number
	}
	return output
}

// summarise expands a rule's summary as Grafana does: over labels and values, with Prometheus's functions.
func summarise(t *testing.T, rule alertRule, one instance) string {
	t.Helper()
	type value struct{ Value float64 }
	values := map[string]value{}
	for refID, number := range one.values {
		values[refID] = value{number}
	}
	labels := map[string]string{}
	for _, set := range []map[string]string{one.labels, rule.Labels} {
		for name, text := range set {
			labels[name] = text
		}
	}
	text := "{{- $labels := .Labels -}}{{- $values := .Values -}}" + rule.Annotations["summary"]
	functions := template.FuncMap{"match": regexp.MatchString}
	parsed, err := template.New(rule.UID).Option("missingkey=invalid").Funcs(functions).Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", rule.UID, err)
	}
	var words bytes.Buffer
	if err := parsed.Execute(&words, map[string]any{"Labels": labels, "Values": values}); err != nil {
		t.Fatalf("%s: %v", rule.UID, err)
	}
	return words.String()
}
