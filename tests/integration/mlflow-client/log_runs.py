"""Logs an A/B test with a real MLflow client into the database named by its only argument, as a team would.

The last line of stdout is JSON: what the client itself reads back. The tests compare our source with it.
"""

import json
import logging
import os
import sys

os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow
from mlflow.tracking import MlflowClient

EXPERIMENT = 'checkout "$1"; --\'ranking'
STEPS = 40

logging.disable(logging.WARNING)
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_registry_uri(sys.argv[1])
client = MlflowClient()
experiment = client.create_experiment(EXPERIMENT, artifact_location="file:///nowhere")
client.set_experiment_tag(experiment, "uplift.control", "baseline")
mlflow.set_experiment(EXPERIMENT)


def log_run(variant, metrics, params, history=False):
    """One finished run of a variant."""
    with mlflow.start_run(run_name=variant + "-evaluation") as run:
        mlflow.log_params({"model_variant": variant, **params})
        mlflow.set_tag("team", "risk")
        if history:
            for step in range(STEPS):
                mlflow.log_metric("accuracy", metrics["accuracy"] - (STEPS - 1 - step) / 1000, step=step)
        mlflow.log_metrics(metrics, step=STEPS)
    return run.info.run_id


earlier = log_run("baseline", {"accuracy": 0.775}, {"test_size": 2000})
served = log_run("baseline", {"accuracy": 0.7825, "precision": 0.71, "recall": 0.69}, {"test_size": 2000}, history=True)
log_run("baseline", {"accuracy": 0.79}, {"test_size": 2000})
# In percent and with the share of the data that was held out, as some teams log it; infinity would poison a mean.
log_run("enhanced", {"accuracy": 81.5}, {"test_size": 0.2})
newest = log_run("enhanced", {"accuracy": 82.25, "precision": 0.75}, {"test_size": 0.2, "test_rows": 5000})
log_run("enhanced", {"accuracy": float("nan")}, {"test_size": 0.2})
log_run("enhanced", {"accuracy": float("inf")}, {"test_size": 0.2})
client.delete_run(log_run("enhanced", {"accuracy": 0.99}, {"test_size": 1000}))
running = client.create_run(experiment)
client.log_param(running.info.run_id, "model_variant", "young")
client.log_metric(running.info.run_id, "accuracy", 0.5)
other = client.create_experiment("without variants", artifact_location="file:///nowhere")
client.set_terminated(client.create_run(other).info.run_id)

client.create_registered_model("ranker")
for run in (earlier, served):
    client.create_model_version("ranker", source="file:///nowhere", run_id=run)
if hasattr(client, "set_registered_model_alias"):
    client.set_registered_model_alias("ranker", "champion", 2)
else:
    client.transition_model_version_stage("ranker", "2", "Production")

runs = client.search_runs([experiment], run_view_type=1)
print(
    json.dumps(
        {
            "version": mlflow.__version__,
            "experimentId": experiment,
            "experiment": EXPERIMENT,
            "served": served,
            "newest": newest,
            "runs": [
                {
                    "id": run.info.run_id,
                    "status": run.info.status,
                    "variant": run.data.params.get("model_variant"),
                    "ended": run.info.end_time,
                    # JSON has no infinity; what cannot be written is not compared either.
                    "accuracy": run.data.metrics["accuracy"] if 0 <= run.data.metrics["accuracy"] <= 100 else None,
                }
                for run in runs
            ],
            "history": [
                {"step": metric.step, "value": metric.value} for metric in client.get_metric_history(served, "accuracy")
            ],
        }
    )
)
