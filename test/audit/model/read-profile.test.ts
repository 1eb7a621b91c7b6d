import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openInference } from '../../../src/audit/model/inference-client.js'
import { readProfile } from '../../../src/audit/model/read-profile.js'
import { fakeVision, SIDE } from './fake-model.js'

const pixels = () =>
  ({
    name: 'pixel_values',
    type: 'float32',
    data: new Float32Array(3 * SIDE * SIDE),
    dims: [1, 3, SIDE, SIDE],
  }) as const

describe('the profile of a session', () => {
  it('says how long each run took and who ran which operator, and leaves no file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'probity-temporary-'))
    vi.stubEnv('TMPDIR', folder)
    const inference = openInference({ threads: 1, inProcess: true })
    const { session } = await inference.loadModel({ bytes: fakeVision() }, { isProfiled: true })
    expect(readdirSync(folder)).toHaveLength(1)
    for (let run = 0; run < 3; run++) await inference.run(session, [pixels()], ['image_embeds'])
    const { runsMs, operators } = await inference.endProfile(session)
    expect(runsMs).toHaveLength(3)
    expect(Math.min(...runsMs)).toBeGreaterThan(0)
    expect(operators.map(({ name }) => name)).toContain('MatMul')
    expect(new Set(operators.map(({ provider }) => provider))).toEqual(new Set(['CPUExecutionProvider']))
    await inference.run(session, [pixels()], ['image_embeds']) // goes on, unobserved
    expect(readdirSync(folder)).toEqual([])
    await inference.unloadModel(session)
    vi.unstubAllEnvs()
  })

  it('is there only where it was asked for', async () => {
    const inference = openInference({ threads: 1, inProcess: true })
    const { session } = await inference.loadModel({ bytes: fakeVision() })
    await expect(inference.endProfile(session)).rejects.toThrow('the session was not profiled')
  })

  it('counts an operator once however often it ran', () => {
    const node = (name: string, op_name: string, provider: string) => ({
      cat: 'Node',
      name,
      args: { op_name, provider },
    })
    const trace = JSON.stringify([
      { cat: 'Session', name: 'model_run', dur: 1500 },
      node('a_kernel_time', 'MatMul', 'CUDAExecutionProvider'),
      node('b_kernel_time', 'Shape', 'CPUExecutionProvider'),
      node('a_kernel_time', 'MatMul', 'CUDAExecutionProvider'),
      { cat: 'Node', name: 'a_fence_before', args: { op_name: 'MatMul' } },
    ])
    expect(readProfile(trace)).toEqual({
      runsMs: [1.5],
      operators: [
        { name: 'MatMul', provider: 'CUDAExecutionProvider' },
        { name: 'Shape', provider: 'CPUExecutionProvider' },
      ],
    })
  })
})
