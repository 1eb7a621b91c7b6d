import { beforeAll, describe } from 'vitest'
import { badInput } from './bad-input.js'
import { refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

describe('where results are written', () => {
  badInput(67, 'a file where the folder of the results should be', () => {
    const args = small.audit('--out', small.file('taken', 'text of mine'))
    refused(args, /taken/)
  })
})
