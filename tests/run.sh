#!/bin/sh
# All tests. Ends with one line "N passed, N failed" and fails when any test or check failed.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
install=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0

check() { # check NAME COMMAND...: one check counts as one test
  name=$1; shift
  if "$@" >"$log" 2>&1; then passed=$((passed + 1)); echo "ok    $name"; else failed=$((failed + 1)); echo "FAIL  $name"; tail -n 60 "$log"; fi
}
if [ "$install" = yes ]; then check "npm clients install" npm ci --prefix "$here/tests/Conformance" --no-audit --no-fund; fi
check "builds without warnings" dotnet build "$here/ResourceHub.sln" -v q --nologo
[ "$failed" -eq 0 ] && {
  check "format" dotnet format "$here/ResourceHub.sln" --verify-no-changes --no-restore
  SNAPSHOOTER_STRICT_MODE=true dotnet test "$here/tests/Tests" --no-build --nologo -v q --logger "console;verbosity=normal" --blame-hang-timeout 5m "$@" 2>&1 | tee "$log" |
    grep -vE '^ *(Passed|\[xUnit)|^$'
  # The runner's own totals; a run that died without them, or ran nothing, is a failure.
  ran=$(sed -n 's/^ *Passed: *\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  broke=$(sed -n 's/^ *Failed: *\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  passed=$((passed + ${ran:-0}))
  failed=$((failed + ${broke:-0}))
  grep -q '^Test Run Successful' "$log" || [ "${broke:-0}" -gt 0 ] || failed=$((failed + 1))
}
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
