import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { probity } from '../e2e/run-cli.js'
import { readAction, ROOT, runAction } from './steps.js'
import { workspaceWithDisparity } from './workspace.js'

describe('action.yml', () => {
  const action = readAction()

  it('has the keys that GitHub asks of a composite action, and no others', () => {
    expect(Object.keys(action).sort()).toEqual(['author', 'description', 'inputs', 'name', 'outputs', 'runs'])
    expect(Object.keys(action.runs).sort()).toEqual(['steps', 'using'])
    expect(action.runs.using).toBe('composite')
    for (const input of Object.values(action.inputs)) {
      expect(Object.keys(input)).toEqual(['description', 'default'])
      expect(input.default).toEqual(expect.any(String))
    }
    for (const output of Object.values(action.outputs)) expect(Object.keys(output)).toEqual(['description', 'value'])
    for (const step of action.runs.steps) {
      expect(Object.keys(step)).toEqual(['id', 'name', 'shell', 'run', 'env'])
      expect(step.shell).toBe('bash')
    }
  })

  it('lets no input into code: expressions stand in env and in outputs alone, and each names something that is there', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
    const steps = action.runs.steps.map(({ id }) => id)
    const expressions = [
      ...action.runs.steps.flatMap(({ env }) => Object.values(env)),
      ...Object.values(action.outputs).map(({ value }) => value),
    ]
    for (const expression of expressions) {
      const [, input, step] =
        /^\$\{\{ (?:inputs\.([a-z-]+)|steps\.([a-z]+)\.outputs\.[a-z-]+) \}\}$/.exec(expression) ?? []
      expect(input === undefined ? steps : Object.keys(action.inputs)).toContain(input ?? step)
    }
    const used = expressions.join()
    for (const input of Object.keys(action.inputs)) expect(used).toContain(`inputs.${input} `)
  })

  it('is described in docs/ci.md, input by input, with a workflow that gives no other', () => {
    const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8')
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page).toContain(`\`${name}\``)
    const [printed] = [...page.matchAll(/```yaml\n(name: audit\n[\s\S]+?)```/g)].map(([, text]) => text)
    const workflow = parse(printed) as {
      jobs: { audit: { steps: { uses?: string; with?: Record<string, string> }[] } }
    }
    const own = workflow.jobs.audit.steps.find(({ uses }) => uses?.includes('/probity@'))
    expect(Object.keys(own?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([])
    for (const { uses } of workflow.jobs.audit.steps) {
      // whatever is not ours to pin is pinned by commit, or says that it should be
      if (uses !== undefined)
        expect(printed).toMatch(new RegExp(`uses: ${uses}(?<=@[0-9a-f]{40}) # v|uses: ${uses} # pin`))
    }
  })

  it('runs scripts that can be run', () => {
    for (const script of ['ci/install.sh', 'ci/audit.sh']) expect(statSync(join(ROOT, script)).mode & 0o111).not.toBe(0)
  })
})

describe('the steps of action.yml', () => {
  let workspace: string
  beforeAll(async () => {
    workspace = await workspaceWithDisparity()
  })
  const file = (...names: string[]): string => join(workspace, ...names)

  it('pass where no limit is set: 0, with reports, a summary and outputs', () => {
    const { status, outputs, summary, log } = runAction({ out: 'run' }, workspace)
    expect([status, log]).toEqual([0, expect.stringContaining('Written:')])
    expect(outputs).toEqual({ result: 'passed', 'exit-code': '0', folder: 'run', audit: 'run/audit.json' })
    for (const name of ['audit.json', 'report.html', 'report.md', 'junit.xml', 'report.sarif'])
      expect(existsSync(file('run', name))).toBe(true)
    expect(summary.split('## No gate')[0]?.split('\n').length).toBeLessThanOrEqual(41)
    expect(summary).toContain('Black')
  })

  it('stop the job at a disparity: 1, with the same files, and an error that the job shows', () => {
    const { status, outputs, summary, log } = runAction({ out: 'run-1', 'fail-on': 'disparity' }, workspace)
    expect(status).toBe(1)
    expect(outputs).toMatchObject({ result: 'failed', 'exit-code': '1', audit: 'run-1/audit.json' })
    expect(log).toMatch(/^::error title=Probity::The gate failed/m)
    expect(summary).toMatch(/^## Gate failed[^]+\| disparity \|/m)
    expect(summary).not.toContain('declared after the run')
    expect(readFileSync(file('run-1/junit.xml'), 'utf8')).toContain('<failure')
  })

  it('conclude nothing from incomplete evidence: 3', () => {
    const { status, outputs, log } = runAction({ plan: 'incomplete.yaml', out: 'run-3' }, workspace)
    expect([status, log]).toEqual([3, expect.stringMatching(/^::error title=Probity::The evidence is incomplete/m)])
    expect(outputs).toMatchObject({ result: 'incomplete', 'exit-code': '3' })
  })

  it('refuse a broken plan: 2, and take no audit.json of an earlier run for this one', () => {
    mkdirSync(file('run-2'), { recursive: true })
    cpSync(file('run/audit.json'), file('run-2/audit.json'))
    const { status, outputs, summary, log } = runAction({ plan: 'broken.yaml', out: 'run-2' }, workspace)
    expect([status, log]).toEqual([2, expect.stringContaining('broken.yaml:4: policy')])
    expect(outputs).toEqual({ result: 'refused', 'exit-code': '2', folder: 'run-2', audit: '' })
    expect(summary).toBe('')
  })

  it('judge a saved audit, without images or model', () => {
    const { status, outputs } = runAction({ audit: 'run-1/audit.json', out: 'judged' }, workspace)
    expect(status).toBe(1)
    expect(outputs).toMatchObject({ result: 'failed', audit: 'run-1/audit.json' })
    expect(readFileSync(file('judged/junit.xml'), 'utf8')).toContain('<failure')
  })

  it.each([{ policy: 'policies/strict.yaml' }, { 'fail-on': 'disparity' }])(
    'judge a saved audit by %o: files, summary and exit code say the same, and that it was declared after the run',
    (asked) => {
      const out = `other-${Object.keys(asked).join()}`
      const { status, summary, outputs } = runAction({ audit: 'run/audit.json', out, ...asked }, workspace)
      expect([status, outputs['result']]).toEqual([1, 'failed'])
      const junit = readFileSync(file(out, 'junit.xml'), 'utf8')
      expect(junit).toMatch(/<testcase classname="gate" [^>]+>\s*<failure/)
      for (const text of [
        junit,
        ...['report.sarif', 'summary.md', 'report.md', 'report.html'].map((name) =>
          readFileSync(file(out, name), 'utf8'),
        ),
      ]) {
        expect(text).toContain('declared after the run')
        expect(text).toContain('Gate failed')
      }
      expect(readFileSync(file(out, 'report.sarif'), 'utf8')).toContain('"level": "error"')
      expect(summary).toMatch(/^\*\*Gate failed[^]+^## Gate failed/m)
    },
  )

  it('judge a saved audit as of today: a waiver that has expired since the run fails the gate in every file', () => {
    const waiver = '{ limit: no-disparity, owner: A, reason: next model, expires: 2126-01-31 }'
    const strict = readFileSync(file('policies/strict.yaml'), 'utf8').replace('id: strict', 'id: waived')
    writeFileSync(file('policies/waived.yaml'), `${strict}waivers: [${waiver}]\n`)
    expect(runAction({ out: 'waived', policy: 'policies/waived.yaml' }, workspace).status).toBe(0)
    const report = (...more: string[]): string => {
      const args = ['report', 'waived/audit.json', '--format', 'junit', '--out', 'later', ...more]
      expect(probity(args, { cwd: workspace }).status).toBe(0)
      return readFileSync(file('later/junit.xml'), 'utf8')
    }
    expect(report()).not.toContain('<failure')
    const later = report('--on', '2126-02-01')
    expect(later).toMatch(/<testcase classname="gate" [^>]+>\s*<failure/)
    expect(later).not.toContain('declared after the run')
  })

  it('compare with what was accepted, once there is something', () => {
    const first = runAction({ out: 'run-4', accepted: 'accepted/audit.json' }, workspace)
    expect([first.status, first.log]).toEqual([
      0,
      expect.stringContaining('::notice title=Probity::there is no accepted'),
    ])
    mkdirSync(file('accepted'))
    cpSync(file('run/audit.json'), file('accepted/audit.json'))
    const again = runAction({ out: 'run-4', accepted: 'accepted/audit.json' }, workspace)
    expect(again.status).toBe(0)
    expect(existsSync(file('run-4/comparison'))).toBe(true)
  })

  it('write reports in the language that is asked for', () => {
    expect(runAction({ audit: 'run/audit.json', out: 'korean', locale: 'ko' }, workspace).status).toBe(0)
    expect(readFileSync(file('korean/report.html'), 'utf8')).toContain('<html lang="ko"')
  })

  it('take inputs as they stand: nothing in them is run, none is an option, and no line of a log is a command', () => {
    const evil = '$(touch pwned)"; touch pwned; `touch pwned`'
    for (const name of ['plan', 'audit', 'policy', 'fail-on', 'locale', 'path', 'version'])
      expect(runAction({ [name]: evil, out: 'run-evil' }, workspace).status).not.toBe(0)
    expect(runAction({ plan: '--help', out: 'run-evil' }, workspace).status).toBe(2)
    expect(runAction({ plan: 'broken.yaml', out: 'two\nlines=1' }, workspace).status).toBe(2)
    expect(existsSync(file('pwned'))).toBe(false)
    writeFileSync(file('commands.yaml'), 'models: [x]\n"\\n::error::planted": 1\n')
    const { log } = runAction({ plan: 'commands.yaml', out: 'run-evil' }, workspace)
    const token = /^::stop-commands::(.+)$/m.exec(log)?.[1]
    expect(log).toContain(`\n::${token}::\n`)
  })

  it('say how to install Probity where there is none', () => {
    const { status, log } = runAction({ path: 'phantom' }, workspace)
    expect([status, log]).toEqual([
      2,
      expect.stringMatching(/^::error title=Probity::no Probity was found\. Install it/m),
    ])
  })
})
