#!/usr/bin/env bash
# Runs an audit, or takes a saved one; writes its reports; tells the job. Exits as probity does:
# 0 ran and the gate passed · 1 the gate failed, or something became worse · 2 bad usage or definition · 3 evidence incomplete.
# PROBITY_MAIN    the file that node is given (ci/install.sh)
# INPUT_PLAN      audit.yaml, unless INPUT_AUDIT names a saved audit.json
# INPUT_OUT       folder of the results
# INPUT_POLICY, INPUT_FAIL_ON, INPUT_LOCALE, INPUT_ACCEPTED   may be empty
set -euo pipefail

probity() {
  node "$PROBITY_MAIN" "$@"
}

# Names of groups and labels are printed: no line of them may be read as a command by the runner.
quietly() {
  local token code=0
  token=$(node -p 'crypto.randomUUID()')
  echo "::stop-commands::$token"
  "$@" || code=$?
  echo "::$token::"
  return "$code"
}

tell() {
  [[ $2 != *$'\n'* ]] || { echo "::error title=Probity::$1: expected one line"; exit 2; }
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# The more telling of two exit codes: a refusal, then a gate that failed, then evidence that is incomplete.
worse() {
  local each
  for each in 2 1 3; do
    if [ "$1" -eq "$each" ] || [ "$2" -eq "$each" ]; then echo "$each"; return; fi
  done
  echo "$(($1 > $2 ? $1 : $2))"
}

out=${INPUT_OUT:-probity-audit}
tell folder "$out"
policy=()
[ -z "${INPUT_POLICY:-}" ] || policy=("--policy=$INPUT_POLICY")
locale=()
[ -z "${INPUT_LOCALE:-}" ] || locale=("--locale=$INPUT_LOCALE")
fail_on=()
[ -z "${INPUT_FAIL_ON:-}" ] || fail_on=("--fail-on=$INPUT_FAIL_ON")
before=$(mktemp)
# what decides on a saved audit; its reports are judged by the same, or they would contradict the exit code
judged=()

code=0
if [ -n "${INPUT_AUDIT:-}" ]; then
  saved=$INPUT_AUDIT
  mkdir -p "$out"
  judged=("--on=$(date -u +%F)" ${policy[@]+"${policy[@]}"} ${fail_on[@]+"${fail_on[@]}"})
  quietly probity gate "${judged[@]}" -- "$saved" || code=$?
else
  saved=$out/audit.json
  quietly probity audit "--out=$out" ${policy[@]+"${policy[@]}"} ${fail_on[@]+"${fail_on[@]}"} -- "${INPUT_PLAN:?}" || code=$?
  # an audit.json of an earlier run, from a cache or the repository, is none of this one
  [ "$saved" -nt "$before" ] || saved=
fi
rm -f "$before"

if [ -n "$saved" ] && [ "$code" -ne 2 ]; then
  written=0
  quietly probity report "--out=$out" ${judged[@]+"${judged[@]}"} ${locale[@]+"${locale[@]}"} --format html md junit sarif summary -- "$saved" || written=$?
  code=$(worse "$code" "$written")
  [ ! -f "$out/summary.md" ] || cat "$out/summary.md" >>"$GITHUB_STEP_SUMMARY"
  # every limit with its worst case; its exit code is the one that stands already
  [ "${#judged[@]}" -gt 0 ] || judged=("--on=$(date -u +%F)")
  probity gate "${judged[@]}" --summary -- "$saved" >>"$GITHUB_STEP_SUMMARY" 2>/dev/null || true
  if [ -f "${INPUT_ACCEPTED:-}" ]; then
    compared=0
    quietly probity compare "--out=$out/comparison" --fail-on=worsened -- "$INPUT_ACCEPTED" "$saved" || compared=$?
    code=$(worse "$code" "$compared")
  elif [ -n "${INPUT_ACCEPTED:-}" ]; then
    echo "::notice title=Probity::there is no accepted audit yet, so nothing was compared"
  fi
  tell audit "$saved"
fi

tell exit-code "$code"
case $code in
  0) result=passed ;;
  1) result=failed && echo "::error title=Probity::The gate failed. The job summary says which limits." ;;
  3) result=incomplete && echo "::error title=Probity::The evidence is incomplete: nothing may be concluded from it." ;;
  130) result=interrupted ;;
  *) result=refused && echo "::error title=Probity::Probity refused: its message stands above." ;;
esac
tell result "$result"
exit "$code"
