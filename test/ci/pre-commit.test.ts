import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { MAIN, temporaryFolder, testEnvironment } from '../e2e/run-cli.js'

const ROOT = join(import.meta.dirname, '../..')

type Hook = { id: string; name: string; entry: string; language: string; files: string }
const HOOKS = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'), { merge: true }) as Hook[]

describe('.pre-commit-hooks.yaml', () => {
  it('says what pre-commit needs of each hook', () => {
    for (const hook of HOOKS) {
      expect(Object.keys(hook).sort()).toEqual(['description', 'entry', 'files', 'id', 'language', 'name'])
      expect(hook.entry).toMatch(/\bprobity validate --without-data --skip-others$/)
    }
    expect(HOOKS.map(({ id, language }) => [id, language])).toEqual([
      ['probity-validate', 'node'],
      ['probity-validate-installed', 'system'],
    ])
  })

  it.each(HOOKS)('$id takes the files that are ours and no others', ({ files }) => {
    const pattern = new RegExp(files)
    const ours = [
      'audit.yaml',
      'deep/label-sets/mine.yml',
      'policies/release.yaml',
      'probes/p.yaml',
      'run/signoff.yaml',
    ]
    const others = ['my-audit.yaml', 'templates/deployment.yaml', 'probes/readme.md', 'policies/opa/rule.yaml', 'audit.yaml.bak'] // prettier-ignore
    expect(ours.filter((file) => !pattern.test(file))).toEqual([])
    expect(others.filter((file) => pattern.test(file))).toEqual([])
  })
})

describe('a git hook as docs/ci.md prints it', () => {
  const folder = temporaryFolder()
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...testEnvironment(), GIT_CONFIG_GLOBAL: '/dev/null', npm_config_offline: 'true' },
    })
  const stage = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
    git('add', file)
  }

  beforeAll(() => {
    git('init', '--quiet')
    const printed = /```sh\n(#!\/bin\/sh\n[\s\S]+?)```/.exec(readFileSync(join(ROOT, 'docs/ci.md'), 'utf8'))?.[1]
    const hook = join(folder, '.git/hooks/pre-commit')
    writeFileSync(hook, printed ?? 'exit 99')
    chmodSync(hook, 0o755)
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
    writeFileSync(join(folder, 'node_modules/.bin/probity'), `#!/bin/sh\nexec node "${MAIN}" "$@"\n`, { mode: 0o755 })
  })

  it('lets a commit pass that has nothing of ours', () => {
    stage('readme.md', 'hello\n')
    expect(git('commit', '-m', 'a').status).toBe(0)
  })

  it('stops a commit with a broken policy, and names file and line', () => {
    stage('policies/a release.yaml', 'id: a release\nalpha: 2\n')
    const { status, stdout, stderr } = git('commit', '-m', 'b')
    expect(status).not.toBe(0)
    expect(stdout + stderr).toMatch(/policies\/a release\.yaml:2: alpha: expected .+ but received 2/)
    git('rm', '--cached', '--quiet', 'policies/a release.yaml')
  })

  it('lets a commit pass whose plan names images that are elsewhere', () => {
    stage('audit.yaml', 'models: [model]\ndataset: { format: fairface, labels: labels.csv, images: photos }\n')
    const { status, stdout, stderr } = git('commit', '-m', 'c')
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('ok     audit.yaml (plan audit')])
  })
})
