#!/bin/bash
# Gives the hub a user of its own in Elasticsearch. May run again: what is there is set anew.
set -eu
node=https://elasticsearch-1:9200
ask() { # ask METHOD PATH BODY; the password is read from a file descriptor, so that it is in no list of processes
  curl -sS --fail-with-body --cacert /certificates/ca/ca.crt --config <(printf 'user = "elastic:%s"\n' "$ELASTIC_PASSWORD") \
    -X "$1" "$node$2" -H 'Content-Type: application/json' --data-binary @<(printf '%s' "$3")
  echo
}
ask GET '/_cluster/health?wait_for_nodes=3&timeout=120s' ''
ask PUT /_security/role/resourcehub '{"cluster": ["monitor", "manage_index_templates"], "indices": [{"names": ["hub*"], "privileges": ["all"]}]}'
# A password in JSON: refuse what would have to be escaped.
case $HUB_ELASTICSEARCH_PASSWORD in *[\\\"]*) echo 'HUB_ELASTICSEARCH_PASSWORD may hold no \ and no "' >&2; exit 1 ;; esac
ask PUT /_security/user/resourcehub "{\"password\": \"$HUB_ELASTICSEARCH_PASSWORD\", \"roles\": [\"resourcehub\"]}"
