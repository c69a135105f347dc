#!/bin/sh
# Keeps a copy of a hub on one machine (SQLite and a folder) while it runs. Run it as the hub's own user, who alone may read its data:
#   backup.sh /var/lib/resourcehub /srv/backup          writes /srv/backup/STAMP/hub.db and what is new to /srv/backup/blobs
#   backup.sh --verify /srv/backup/STAMP                reads all of it again
#   backup.sh --restore /srv/backup/STAMP NEW_FOLDER    makes a data folder of it; start the hub with Hub__Data=NEW_FOLDER
# The record is copied by SQLite's own online backup, then every file that this copy names: files never change under their name and are deleted only days after nothing
# names them, so hub and backup need not wait for each other. The index is not kept; it is filled anew at the first start. Sealing keys lie in the record: so guard the copy as the hub.
# A record in PostgreSQL: pg_dump --format=custom, and the blobs by the store's own means (docs/operations.md).
set -eu
fail() { echo "backup: $*" >&2; exit 1; }
command -v sqlite3 >/dev/null || fail "sqlite3 is not installed (apt-get install sqlite3)"
umask 077

named() { # named DATABASE: every blob that the record names, one hash a line
  for column in $(sqlite3 -readonly "$1" "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%Sha256'"); do
    sqlite3 -readonly "$1" "SELECT DISTINCT \"${column#*.}\" FROM \"${column%.*}\" WHERE \"${column#*.}\" IS NOT NULL"
  done | sort -u
}
at() { # at FOLDER HASH: where a blob lies
  echo "$1/$(echo "$2" | cut -c1-2)/$(echo "$2" | cut -c3-4)/$2"
}
verify() { # verify DATABASE BLOBS
  [ "$(sqlite3 -readonly "$1" 'PRAGMA integrity_check')" = ok ] || fail "$1 is damaged"
  list=$(mktemp)
  named "$1" > "$list"
  bad=0 count=0
  while read -r hash; do
    count=$((count + 1))
    file=$(at "$2" "$hash")
    if [ ! -f "$file" ]; then echo "backup: missing $hash" >&2; bad=$((bad + 1))
    elif [ "$(sha256sum < "$file" | cut -d' ' -f1)" != "$hash" ]; then echo "backup: damaged $hash" >&2; bad=$((bad + 1)); fi
  done < "$list"
  rm -f "$list"
  [ "$bad" -eq 0 ] || fail "$bad of $count files are missing or damaged"
  echo "backup: the record is whole, all $count files are what they were"
}

case ${1:-} in
  --verify)
    [ $# -eq 2 ] || fail "usage: backup.sh --verify COPY"
    verify "$2/hub.db" "$2/../blobs" ;;
  --restore)
    [ $# -eq 3 ] || fail "usage: backup.sh --restore COPY NEW_FOLDER"
    [ ! -e "$3" ] || fail "$3 is there already; a restore makes a new folder"
    verify "$2/hub.db" "$2/../blobs"
    mkdir -p "$3/blobs"
    cp -p "$2/hub.db" "$3/hub.db"
    named "$3/hub.db" | while read -r hash; do
      mkdir -p "$(dirname "$(at "$3/blobs" "$hash")")"
      for part in "" .json; do
        file=$(at "$2/../blobs" "$hash")$part
        [ ! -f "$file" ] || cp -p "$file" "$(at "$3/blobs" "$hash")$part"
      done
    done
    # Before the hub's first start nothing may be in doubt.
    sync
    echo "backup: $3 is ready; start the hub with Hub__Data=$3" ;;
  "" | -*) fail "usage: backup.sh DATA TO | --verify COPY | --restore COPY NEW_FOLDER" ;;
  *)
    [ $# -eq 2 ] || fail "usage: backup.sh DATA TO"
    [ -f "$1/hub.db" ] || fail "$1 holds no hub.db"
    stamp=$(date -u +%Y%m%dT%H%M%SZ)
    [ ! -e "$2/$stamp" ] || fail "$2/$stamp is there already"
    mkdir -p "$2/blobs" "$2/$stamp.part"
    # Made beside and moved in one go: a copy under its final name is whole.
    sqlite3 "$1/hub.db" ".timeout 60000" ".backup '$2/$stamp.part/hub.db'"
    sqlite3 "$2/$stamp.part/hub.db" 'PRAGMA journal_mode = DELETE' >/dev/null
    named "$2/$stamp.part/hub.db" | while read -r hash; do
      for part in "" .json; do
        from=$(at "$1/blobs" "$hash")$part to=$(at "$2/blobs" "$hash")$part
        [ -f "$from" ] || { [ -n "$part" ] || echo "backup: the hub itself misses $hash" >&2; continue; }
        [ -f "$to" ] && continue
        mkdir -p "$(dirname "$to")"
        cp -p "$from" "$to.part"
        mv "$to.part" "$to"
      done
    done
    sync
    mv "$2/$stamp.part" "$2/$stamp"
    echo "$2/$stamp" ;;
esac
