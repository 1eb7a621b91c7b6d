import path from 'node:path'
import { quoted } from '../errors.js'
import type { RuleFaults } from './rule-faults.js'

/** A definition's file is named after its id, so that whoever knows the one finds the other. */
export function checkFileName(id: string, file: string, faults: RuleFaults): void {
  if (WINDOWS_DEVICE.test(id) || id.endsWith('.')) {
    faults.add(['id'], 'an id that can name a file on every system', {
      hint: 'Windows keeps this one for a device, or drops its last dot; choose another.',
    })
  }
  const name = path.basename(file).replace(/\.ya?ml$/i, '')
  if (name === id) return
  faults.add(['id'], `${quoted(name)}, the name of the file`, {
    hint: `Rename the file to ${id}.yaml or change the id.`,
  })
}

const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
