#!/bin/bash
# Makes an authority and a certificate for each node in /certificates, unless they are there. Runs once, in the image of Elasticsearch, whose tool does the work.
set -eu
cd /certificates
if [ ! -f ca/ca.crt ]; then
  cat > /tmp/nodes.yml <<NODES
instances:
  - { name: elasticsearch-1, dns: [elasticsearch-1, localhost], ip: [127.0.0.1] }
  - { name: elasticsearch-2, dns: [elasticsearch-2, localhost], ip: [127.0.0.1] }
  - { name: elasticsearch-3, dns: [elasticsearch-3, localhost], ip: [127.0.0.1] }
NODES
  elasticsearch-certutil ca --silent --pem --out /tmp/ca.zip
  unzip -q -o /tmp/ca.zip -d .
  elasticsearch-certutil cert --silent --pem --in /tmp/nodes.yml --ca-cert ca/ca.crt --ca-key ca/ca.key --out /tmp/nodes.zip
  unzip -q -o /tmp/nodes.zip -d .
fi
# The nodes run as 1000:0 and read their keys; everybody may read certificates; the authority's key nobody but root.
find . -type d -exec chmod 0755 {} +
find . -name '*.crt' -exec chmod 0644 {} +
find . -name '*.key' -exec chown root:root {} + -exec chmod 0640 {} +
chmod 0600 ca/ca.key
