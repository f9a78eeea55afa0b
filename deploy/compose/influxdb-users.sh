#!/bin/sh
# Run once by InfluxDB's image, after it has made organisation, bucket and administrator: users for the endpoints of InfluxDB 1,
# which know a database and not a bucket. The data source reads, the demo writes, neither may do more.
set -eu
bucket=$(influx bucket list --name "$DOCKER_INFLUXDB_INIT_BUCKET" --hide-headers | cut -f1)
influx v1 dbrp create --db "$DOCKER_INFLUXDB_INIT_BUCKET" --rp autogen --default --bucket-id "$bucket"
influx v1 auth create --username "$READER_USER" --password "$READER_PASSWORD" --read-bucket "$bucket"
influx v1 auth create --username "$WRITER_USER" --password "$WRITER_PASSWORD" --write-bucket "$bucket"
