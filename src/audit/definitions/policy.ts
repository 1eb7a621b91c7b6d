import { quoted } from '../errors.js'
import type { Policy } from '../types/definitions.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import type { Located } from './locate.js'
import { DEFAULT_PERMUTATIONS, policySchema } from './policy-schema.js'
import { RuleFaults } from './rule-faults.js'
import { readYaml } from './yaml-file.js'

/** Reads one policy. Throws DefinitionError with all faults of the file. */
export function readPolicyFile(located: Located): Policy {
  const document = readYaml(located.file, located.shown)
  const written = checkYaml(policySchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  written.failOn.forEach((verdict, index) => {
    if (written.failOn.indexOf(verdict) < index)
      faults.add(['failOn', index], 'each verdict once', { received: `${quoted(verdict)} again` })
  })
  faults.throwIfAny()
  return withPolicySha256({ ...written, permutations: written.permutations ?? DEFAULT_PERMUTATIONS })
}

/** A policy with the hash of its content, for a policy just read or just changed by `--fail-on`. */
export function withPolicySha256(policy: Omit<Policy, 'sha256'>): Policy {
  const { id, title, alpha, minimumImages, margin, adjustment, nearTie, quarantineLimit, permutations, failOn } = policy
  const limits = { alpha, minimumImages, margin, adjustment, nearTie, quarantineLimit, permutations, failOn }
  const content = { id, title, ...limits }
  return { ...content, sha256: contentSha256(content) }
}
