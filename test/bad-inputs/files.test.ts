import { beforeAll, describe } from 'vitest'
import { join } from 'node:path'
import { badInput } from './bad-input.js'
import { debugged, refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

describe('folders', () => {
  badInput(22, 'an image folder that is not there', () => {
    const args = small.audit('--images', join(small.folder, 'nowhere'))
    refused(args, /--images: expected a folder but received .*nowhere/)
    debugged(args)
  })
})
