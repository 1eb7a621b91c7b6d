import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export type HubSettings = { readonly endpoint: string; readonly token: string | null; readonly home: string }

const PUBLIC_HUB = 'https://huggingface.co'

/**
 * Which hub is asked, as whom, and where its files go: HF_ENDPOINT, HF_TOKEN and HF_HOME, as other tools read them. Without HF_HOME the home is
 * `huggingface` in the folder for caches. A token that a login left in a file is not read: what is sent is what was named for this command.
 */
export function hubSettings(environment: Readonly<Record<string, string | undefined>>): HubSettings {
  const named = (name: string): string | null => environment[name]?.trim() || null
  const caches = named('XDG_CACHE_HOME') ?? join(homedir(), '.cache')
  return {
    endpoint: named('HF_ENDPOINT') ?? PUBLIC_HUB,
    token: named('HF_TOKEN'),
    home: resolve(named('HF_HOME') ?? join(caches, 'huggingface')),
  }
}
