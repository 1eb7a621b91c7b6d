type Environment = Readonly<Record<string, string | undefined>>

/** How variables are called that hold what nobody else should read: HF_TOKEN, AWS_SECRET_ACCESS_KEY, NPM_CONFIG__AUTH, PGPASSWORD, ... */
const SECRET = /token|secret|passw|passphrase|credential|private_?key|api_?key|access_?key|_auth$/i

/** The environment for another program: all of it but what is named like a secret. A page that prints itself needs no token of a hub. */
export function withoutSecrets(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRET.test(name)))
}
