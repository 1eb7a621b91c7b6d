import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hubSettings } from '../../src/cli/hub-settings.js'

describe('hubSettings', () => {
  it('is the public hub, nobody, and the folder for caches when nothing is set', () => {
    const home = join(homedir(), '.cache/huggingface')
    expect(hubSettings({})).toEqual({ endpoint: 'https://huggingface.co', token: null, home })
    expect(hubSettings({ HF_ENDPOINT: '', HF_TOKEN: ' ', HF_HOME: '' })).toEqual(hubSettings({}))
  })

  it('reads what other tools read', () => {
    const set = {
      HF_ENDPOINT: 'https://mirror.test',
      HF_TOKEN: 'hf_x\n',
      HF_HOME: '/data/hub',
      XDG_CACHE_HOME: '/caches',
    }
    expect(hubSettings(set)).toEqual({ endpoint: 'https://mirror.test', token: 'hf_x', home: '/data/hub' })
    expect(hubSettings({ XDG_CACHE_HOME: '/caches' }).home).toBe('/caches/huggingface')
  })
})
