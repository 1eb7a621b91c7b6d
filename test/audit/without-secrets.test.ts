import { expect, it } from 'vitest'
import { withoutSecrets } from '../../src/audit/without-secrets.js'

it('keeps what a program needs, and nothing that is named like a secret', () => {
  const kept = {
    PATH: '/usr/bin',
    HOME: '/home/ada',
    LANG: 'ko_KR.UTF-8',
    TMPDIR: '/tmp',
    DISPLAY: ':0',
    XAUTHORITY: '/x',
  }
  const secret = ['HF_TOKEN', 'GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'PGPASSWORD', 'OPENAI_API_KEY', 'npm_config__auth', 'GOOGLE_APPLICATION_CREDENTIALS', 'SSH_PRIVATE_KEY', 'my_passphrase'] // prettier-ignore
  const environment = { ...kept, ...Object.fromEntries(secret.map((name) => [name, 'x'])) }
  expect(withoutSecrets(environment)).toEqual(kept)
  expect(Object.keys(environment)).toHaveLength(16) // what was given stays as it was
})
