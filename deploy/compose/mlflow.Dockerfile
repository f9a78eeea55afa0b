# MLflow's server with the driver of PostgreSQL.
FROM python:3.12-slim-bookworm
RUN pip install --no-cache-dir mlflow==3.17.2 psycopg2-binary==2.9.13 \
 && useradd --uid 1000 --create-home mlflow
USER 1000:1000
EXPOSE 5000
CMD ["sh", "-c", "exec mlflow server --host 0.0.0.0 --port 5000 --allowed-hosts '*' --backend-store-uri \"$MLFLOW_BACKEND_STORE_URI\" --artifacts-destination /home/mlflow/artifacts --workers 1"]
