import { expect, it } from 'vitest'
import { handedOn } from '../../src/audit/handed-on.js'

const kept = {
  PATH: '/usr/bin',
  HOME: '/home/ada',
  LANG: 'ko_KR.UTF-8',
  LC_ALL: 'C',
  TMPDIR: '/tmp',
  DISPLAY: ':0',
  XAUTHORITY: '/x',
  XDG_CACHE_HOME: '/home/ada/.cache',
  FONTCONFIG_FILE: '/etc/fonts/fonts.conf',
  LD_LIBRARY_PATH: '/opt/cuda/lib64',
  CUDA_VISIBLE_DEVICES: '0',
  SystemRoot: 'C:\\Windows',
  'ProgramFiles(x86)': 'C:\\Program Files (x86)',
}

it('hands on what programs and their libraries read', () => {
  expect(handedOn(kept)).toEqual(kept)
})

const SECRETS = ['HF_TOKEN', 'GITHUB_TOKEN', 'GITHUB_PAT', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'PGPASSWORD', 'MYSQL_PWD', 'OPENAI_API_KEY', 'OPENAI_KEY', 'DATABASE_URL', 'npm_config__auth', 'GOOGLE_APPLICATION_CREDENTIALS', 'SSH_PRIVATE_KEY', 'my_passphrase', 'HTTPS_PROXY'] // prettier-ignore
const OTHERS = ['NODE_OPTIONS', 'LD_PRELOAD', 'SSH_AUTH_SOCK', 'PROBITY_HUB']

it.each([...SECRETS, ...OTHERS])('hands on nothing else: not %s', (name) => {
  const environment = Object.freeze({ ...kept, [name]: 'x' }) // what was given stays as it was
  expect(handedOn(environment)).toEqual(kept)
})
