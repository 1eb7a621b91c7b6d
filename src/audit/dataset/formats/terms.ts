import type { DatasetFormat, DatasetPlan } from '../../types/definitions.js'
import type { Layout } from '../layout.js'

type Terms = { readonly licence: string; readonly permittedUse: string }

const CHECK = 'Check the original before use.'
const unverified = (said: string): string => `${said}; this was not held against the dataset's own terms. ${CHECK}`

/** Licence and permitted use of the datasets that are known by name. What stands here was read, second hand where it says so, on 27 November 2026;
 *  terms change, and nothing here is advice. */
const TERMS: Readonly<Partial<Record<DatasetFormat, Terms>>> = {
  fairface: {
    licence: 'CC BY 4.0', // joojs/fairface README
    permittedUse: `Any use that names the source, by the README of joojs/fairface. ${CHECK}`,
  },
  utkface: {
    licence: 'no licence; terms of its page',
    permittedUse: unverified(
      'Said to be for non-commercial research only, with the rights in the photos left to their owners',
    ),
  },
  celeba: {
    licence: 'CelebA dataset release agreement',
    permittedUse: unverified('Said to be for non-commercial research only, without passing the images on'),
  },
  'casual-conversations': {
    licence: 'Meta data user agreement',
    permittedUse: unverified('Said to be for evaluating models that are trained already, not for training'),
  },
  'casual-conversations-2': {
    licence: 'Meta data user agreement',
    permittedUse: unverified('Said to be for measuring models, under an agreement that each user signs'),
  },
  facet: {
    licence: 'FACET data licence',
    permittedUse: `Research only: to measure or evaluate vision models, by a copy of ai.meta.com/datasets/facet that was read on 2026-11-27. ${CHECK}`,
  },
  miap: {
    licence: 'boxes CC BY 4.0, photos listed as CC BY 2.0',
    permittedUse: `Any use that names the sources, by the README of Open Images as read on 2026-11-27, which gives no warranty for the licence of a photo. ${CHECK}`,
  },
  cfd: {
    licence: 'terms of use of the Chicago Face Database',
    permittedUse: `Scientific research, by a copy of its page that was read on 2026-11-27; said to be non-commercial and without redistribution, which was not verified. ${CHECK}`,
  },
  lfw: {
    licence: 'no licence; notices of its page',
    permittedUse: `Research on face verification; its page warns, in a copy that was read on 2026-11-27, against concluding from it that software is fit for any commercial purpose. ${CHECK}`,
  },
}

/** The terms of a dataset as its format knows them, unless the data are made up or the plan states a licence of its own. */
export function termsOf(plan: DatasetPlan): Pick<Layout, 'licence' | 'permittedUse'> {
  const terms = plan.simulated ? undefined : TERMS[plan.format]
  if (plan.licence !== null || terms === undefined) return { licence: plan.licence, permittedUse: null }
  return terms
}
