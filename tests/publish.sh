#!/bin/sh
# Publishes the hub with its own runtime and tries it out where there is nothing else: no SDK, no tools on the PATH. ./hub test --publish
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
limit=150
work=$(mktemp -d)
mkdir "$work/tmp"
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # check NAME COMMAND...: one check counts as one test
  name=$1; shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok    $name"; else failed=$((failed + 1)); echo "FAIL  $name"; tail -n 40 "$work/log"; fi
}
bare() { # bare VERB...: the published hub with an empty environment
  (cd "$work" && env -i HOME="$work" TMPDIR="$work/tmp" PATH=/nowhere DOTNET_ROOT=/nowhere Hub__Data="$work/data" Hub__ReserveBytes=0 "$work/hub/Host" "$@")
}
small() { size=$(du -sm "$work/hub" | cut -f1); echo "$size MB"; echo "      $size MB" >&3; [ "$size" -le "$limit" ]; }
helps() { bare help | grep -q 'doctor \[--deep\]'; }
# What is missing here are the tools for videos; each behaviour must hold.
behaves() {
  bare doctor --deep --json >"$work/doctor.json" || true
  tr '{' '\n' <"$work/doctor.json" >"$work/checks"
  [ "$(grep -cE '"name":"(search|blobs|record|policy)/' "$work/checks")" -ge 30 ] || { cat "$work/doctor.json"; return 1; }
  ! grep -E '"name":"(search|blobs|record|policy|left behind)/' "$work/checks" | grep '"ok":false'
  [ -z "$(find "$work/data" "$work/tmp" -maxdepth 1 -name 'check-*' 2>/dev/null)" ]
}
judges() {
  printf '%s\n' '{"id":"d1","title":"圆的面积","text":"求圆的面积的公式"}' '{"id":"d2","title":"静夜思","text":"床前明月光"}' >"$work/documents"
  printf '%s\n' '{"id":"q1","text":"圆的面积公式"}' >"$work/queries"
  printf '%s\n' '{"query":"q1","document":"d1","grade":1}' >"$work/judgements"
  bare evaluate --documents "$work/documents" --queries "$work/queries" --judgements "$work/judgements" --json | grep -q '"mrr10":1'
}
# How fast is nobody's business here (1: a goal was missed): each figure must be there, and nothing may be left.
measures() {
  bare bench --documents 500 --seconds 0.4 --warm-up 0.4 --hostile 200 --upload-mb 16 >"$work/figures" || [ $? -eq 1 ]
  cat "$work/figures"
  for figure in "500: resources indexed" "500: start to first answer" "500: search, 20 hits" "500: suggestions in pinyin" "500: search by a viewer" "tus upload: share" "Range download" "reading a 100-page pdf"; do
    [ "$(grep -c "^| $figure" "$work/figures")" -ge 2 ] || { echo "no figure: $figure"; return 1; }
  done
  [ -z "$(find "$work/tmp" -maxdepth 1 -name 'hub-bench-*')" ]
}

exec 3>&1
check "publishes with its own runtime" dotnet publish "$here/src/Host" -c Release -r linux-x64 --self-contained -o "$work/hub" -v q --nologo
[ "$failed" -gt 0 ] || {
  check "is at most $limit MB" small
  check "starts with nothing around it" helps
  check "doctor --deep: every behaviour holds and nothing is left" behaves
  check "evaluate judges a collection" judges
  check "bench measures beside a bare server" measures
}
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
