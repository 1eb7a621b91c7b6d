import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openInference } from '../../../src/audit/model/inference-client.js'
import { onnxruntimeVersion } from '../../../src/audit/model/onnxruntime-version.js'
import { fakeVision } from './fake-model.js'

describe('onnxruntimeVersion', () => {
  it('is what the loaded runtime says of itself', async () => {
    const inference = openInference({ threads: 1 })
    expect(inference.version()).toBe('')
    await inference.loadModel({ bytes: fakeVision() })
    expect(onnxruntimeVersion()).toBe(inference.version())
    await inference.close()
  })

  it('is the version that package.json asks for', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      dependencies: Record<string, string>
    } // our own
    expect(onnxruntimeVersion()).toBe(dependencies['onnxruntime-node'])
  })
})
