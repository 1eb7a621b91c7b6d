import type { Signature, Signoff } from '../../src/audit/types/signoff.js'

/** A sign-off of an audit with every field that a final report needs; nobody in it exists. */
export function exampleSignoff(audit: string, changed: Partial<Signoff> = {}): Signoff {
  const signed = (name: string, date: string): Signature => ({
    name,
    role: 'analyst at Example',
    independentOfDeveloper: true,
    date,
    decision: 'released for the pilot',
  })
  return {
    schema: 'probity/signoff@1',
    audit,
    status: 'final',
    system: {
      version: '2.1',
      intendedUse: 'sorts holiday photos',
      foreseeableMisuse: 'searching for people',
      peopleAffected: 'whoever is in the photos',
    },
    data: { source: 'drawn for a test', labelledBy: 'nobody', necessity: 'to test the report' },
    limits: { deploymentData: 'photos, not drawings', notMeasured: 'disability' },
    actions: [],
    prepared: signed('Ana Example', '2030-01-02'),
    reviewed: signed('Bo Example', '2030-01-03'),
    approved: signed('Chidi Example', '2030-01-04'),
    expires: '2031-01-04',
    ...changed,
  }
}
