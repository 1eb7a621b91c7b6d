import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe } from 'vitest'
import { badInput } from './bad-input.js'
import { refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

/** A copy of the phantom's model folder, to be spoiled. */
function copyOfModel(name: string): string {
  const path = join(small.folder, name)
  cpSync(small.phantom.model, path, { recursive: true })
  return path
}

describe('model folders', () => {
  badInput(52, 'a folder that is not there', () => {
    const args = small.audit('--model', join(small.folder, 'no-model'))
    refused(args, /--model: expected a folder but received .*no-model/)
  })

  badInput(52, 'a folder without a text encoder', () => {
    const model = copyOfModel('no-text')
    rmSync(join(model, 'onnx/text_model.onnx'))
    refused(small.audit('--model', model), /text_model\.onnx/)
  })

  badInput(52, 'text in place of an ONNX file', () => {
    const model = copyOfModel('junk')
    writeFileSync(join(model, 'onnx/vision_model.onnx'), 'this is no model')
    refused(small.audit('--model', model), /vision_model\.onnx.*expected/)
  })
})
