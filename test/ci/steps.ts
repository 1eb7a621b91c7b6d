import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { temporaryFolder, testEnvironment } from '../e2e/run-cli.js'

export const ROOT = join(import.meta.dirname, '../..')

type Step = {
  readonly id: string
  readonly name: string
  readonly shell: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

export type Action = {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

export function readAction(): Action {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action
}

export type ActionRun = {
  readonly status: number
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/** Runs the steps of action.yml as a runner of GitHub does: inputs and outputs put into the environment, each step by bash with its own files
 *  for outputs and the summary, ending at the first that fails. `cwd` is the workspace. */
export function runAction(given: Readonly<Record<string, string>>, cwd: string): ActionRun {
  const { inputs, outputs, runs } = readAction()
  const unknown = Object.keys(given).filter((name) => !(name in inputs))
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join()}`)
  const folder = temporaryFolder()
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const found = new Map(Object.entries(inputs).map(([name, input]) => [`inputs.${name}`, given[name] ?? input.default ?? ''])) // prettier-ignore
  const filled = (text: string): string =>
    text.replace(/\$\{\{ (.+?) \}\}/g, (_, name: string) => found.get(name) ?? '')
  let status = 0
  let log = ''
  for (const step of runs.steps) {
    if (status !== 0) break
    const files = { output: join(folder, `${step.id}.out`), script: join(folder, `${step.id}.sh`) }
    writeFileSync(files.output, '')
    writeFileSync(files.script, step.run)
    const env = {
      ...testEnvironment(),
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: ROOT, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: folder },
      ...{ GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: summary, npm_config_offline: 'true' },
      ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, filled(value)])),
    }
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', files.script]
    const ran = spawnSync(step.shell, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 })
    status = ran.status ?? 255
    log += ran.stdout + ran.stderr
    for (const [name, value] of readOutputs(files.output)) found.set(`steps.${step.id}.outputs.${name}`, value)
  }
  return {
    status,
    log,
    summary: readFileSync(summary, 'utf8'),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, filled(value)])),
  }
}

function readOutputs(file: string): [string, string][] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') // prettier-ignore
  return lines.map((line) => {
    const at = line.indexOf('=')
    if (at < 1) throw new Error(`a runner reads name=value, and not: ${line}`)
    return [line.slice(0, at), line.slice(at + 1)]
  })
}
