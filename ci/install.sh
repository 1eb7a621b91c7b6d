#!/usr/bin/env bash
# Finds the Probity that the next step runs, and says where it is: `main`, the file that node is given.
# INPUT_PATH     a folder that holds it, built: a checkout, or an installed package
# INPUT_VERSION  else a version to install from the npm registry
# With neither: the one that the project has installed (npm ci).
set -euo pipefail

stop() {
  echo "::error title=Probity::$1"
  exit 2
}

path=${INPUT_PATH:-}
version=${INPUT_VERSION:-}
if [ -n "$path" ]; then
  folder=$path
elif [ -n "$version" ]; then
  [[ $version =~ ^[0-9A-Za-z][0-9A-Za-z.+-]*$ ]] || stop 'version: expected a version such as 0.1.0'
  prefix=${RUNNER_TEMP:?}/probity
  # no install script: that of ONNX Runtime would fetch CUDA libraries, which nothing here needs
  npm install --prefix "$prefix" --ignore-scripts --no-audit --no-fund "probity@$version"
  folder=$prefix/node_modules/probity
else
  folder=node_modules/probity
fi
main=$folder/dist/cli/main.js
[ -f "$main" ] || stop 'no Probity was found. Install it (npm install --save-dev probity, then npm ci before this step), or give version or path'
[[ $main != *$'\n'* ]] || stop 'path: expected one line'
case $main in /*) ;; *) main=$PWD/$main ;; esac
node "$main" --version
printf 'main=%s\n' "$main" >>"$GITHUB_OUTPUT"
