import { describe, expect, it } from 'vitest'
import type { PaceChoice, PaceSetting, PaceTrial } from '../../src/audit/types/pace.js'
import { describePace } from '../../src/cli/describe-pace.js'

const measured = (value: number, imagesPerSecond: number): PaceTrial => ({ value, kind: 'measured', imagesPerSecond })
const setting = (taken: number, usual: number, more: Partial<PaceSetting> = {}): PaceSetting => ({ taken, usual, reason: 'measured', trials: [], leastGain: 0.03, ...more }) // prettier-ignore
const told = (choice: PaceChoice | null): string[] => describePace({ stage: 'pace', model: 'clip', choice })

describe('what --threads auto and --batch auto took', () => {
  it('is told with how fast it is, what was passed over, and why where that was nearly faster', () => {
    const threads = setting(4, 8, { trials: [measured(2, 6.123), measured(4, 12.6), measured(8, 11.2)] })
    const batch = setting(32, 32, { trials: [measured(8, 7.61), measured(16, 7.5), measured(32, 7.55)] })
    expect(told({ threads, batch })).toEqual([
      'clip: --threads auto takes 4 (13 drawn images a second), not 2 (6.12) or the usual 8 (11)',
      'clip: --batch auto takes 32 (7.55 drawn images a second), not 8 (7.61) or 16 (7.50): another one must be 3% faster',
    ])
  })

  it('is told with the code of what was refused', () => {
    const refused: PaceTrial = { value: 128, kind: 'refused', code: 'model.memory' }
    const batch = setting(64, 32, { trials: [measured(32, 200), measured(64, 300), refused] })
    expect(told({ threads: null, batch })).toEqual([
      'clip: --batch auto takes 64 (300 drawn images a second), not the usual 32 (200) or 128 (model.memory)',
    ])
  })

  it.each([
    ['as-stored', 'clip: --batch auto takes 16, as the vectors in the store'],
    ['set-by-model', 'clip: --batch auto takes 16, which the image encoder asks for'],
  ] as const)('is told where nothing was measured (%s)', (reason, line) => {
    expect(told({ threads: null, batch: setting(16, 32, { reason }) })).toEqual([line])
  })

  it.each([
    ['on-device', 'clip: --threads auto takes 16, all cores: it is not they that embed'],
    ['one-core', 'clip: --threads auto takes 16, for one core'],
  ] as const)('is told of threads where nothing was measured (%s)', (reason, line) => {
    expect(told({ threads: setting(16, 16, { reason }), batch: null })).toEqual([line])
  })

  it('is announced, because it takes a while', () => {
    expect(told(null)).toEqual([
      'clip: drawn images are embedded to choose threads or batch, for half a minute or the time of 150 images',
    ])
  })
})
