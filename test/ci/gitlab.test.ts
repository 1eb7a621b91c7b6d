import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { testEnvironment } from '../e2e/run-cli.js'
import { ROOT } from './steps.js'
import { workspaceWithDisparity } from './workspace.js'

type Job = {
  readonly image: string
  readonly variables: Readonly<Record<string, string>>
  readonly cache: { readonly key: string; readonly paths: readonly string[] }
  readonly before_script: readonly string[]
  readonly script: readonly string[]
  readonly artifacts: { readonly when: string; readonly paths: readonly string[]; readonly reports: { readonly junit: string } } // prettier-ignore
}

const JOB = (parse(readFileSync(join(ROOT, 'ci/gitlab.yml'), 'utf8')) as { '.probity': Job })['.probity']

describe('ci/gitlab.yml', () => {
  let workspace: string
  beforeAll(async () => {
    workspace = await workspaceWithDisparity()
  })

  /** The script as a runner of GitLab joins it, by the shell that the image has. */
  const run = (variables: Readonly<Record<string, string>>, shell = 'bash') => {
    const given = { ...JOB.variables, ...variables }
    const filled = Object.entries(given).map(
      ([name, value]) => [name, value.replace('$CI_PROJECT_DIR', workspace)] as const,
    )
    const env = { ...testEnvironment(), ...Object.fromEntries(filled), CI_PROJECT_DIR: workspace, npm_config_offline: 'true' } // prettier-ignore
    return spawnSync(shell, ['-e', '-c', JOB.script.join('\n')], { cwd: workspace, encoding: 'utf8', env })
  }

  it('keeps the reports whatever the result, hands over JUnit, and caches the store that the script uses', () => {
    expect(Object.keys(JOB)).toEqual(['image', 'variables', 'cache', 'before_script', 'script', 'artifacts'])
    expect(JOB.artifacts).toEqual({ when: 'always', paths: ['$PROBITY_OUT'], reports: { junit: '$PROBITY_OUT/junit.xml' } }) // prettier-ignore
    expect(JOB.variables['PROBITY_STORE']).toBe(`$CI_PROJECT_DIR/${JOB.cache.paths[0]}`)
  })

  it('passes without limits, and stores vectors where the cache looks for them', () => {
    const { status, stderr } = run({ PROBITY_OUT: 'run' })
    expect([status, stderr]).toEqual([0, expect.any(String)])
    for (const name of ['audit.json', 'report.html', 'junit.xml'])
      expect(existsSync(join(workspace, 'run', name))).toBe(true)
    expect(existsSync(join(workspace, '.probity-store'))).toBe(true)
  })

  it.each(['bash', 'sh'])('fails by the policy, by %s, after the reports are written', (shell) => {
    const { status, stdout } = run({ PROBITY_OUT: `by-${shell}`, PROBITY_POLICY: 'policies/strict.yaml' }, shell)
    expect([status, stdout]).toEqual([1, expect.stringContaining('Gate failed')])
    expect(readFileSync(join(workspace, `by-${shell}/junit.xml`), 'utf8')).toContain('<failure')
  })

  it('concludes nothing from incomplete evidence, and refuses a broken plan', () => {
    expect(run({ PROBITY_OUT: 'run-3', PROBITY_PLAN: 'incomplete.yaml' }).status).toBe(3)
    const broken = run({ PROBITY_OUT: 'run-2', PROBITY_PLAN: 'broken.yaml' })
    expect([broken.status, broken.stderr]).toEqual([2, expect.stringContaining('broken.yaml:4: policy')])
  })

  it('judges a saved audit', () => {
    expect(run({ PROBITY_OUT: 'judged', PROBITY_AUDIT: 'run/audit.json' }).status).toBe(0)
    expect(readFileSync(join(workspace, 'judged/junit.xml'), 'utf8')).not.toContain('<failure')
    const strict = { PROBITY_OUT: 'strict', PROBITY_AUDIT: 'run/audit.json', PROBITY_POLICY: 'policies/strict.yaml' }
    expect(run(strict).status).toBe(1)
    const junit = readFileSync(join(workspace, 'strict/junit.xml'), 'utf8')
    expect(junit).toMatch(/<testcase classname="gate" [^>]+>\s*<failure[^]+declared after the run/)
  })
})
