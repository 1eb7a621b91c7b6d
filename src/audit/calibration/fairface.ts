/** A group of people by name, with its images. */
export type SizedGroup = { readonly name: string; readonly images: number }

/** FairFace validation images by race and gender as annotated there, in the order of its label file's races.
 *  Source: fairface_label_val.csv, 10,954 images (Karkkainen & Joo 2021). */
export const FAIRFACE_RACE_BY_GENDER: readonly SizedGroup[] = [
  { name: 'Black, Male', images: 799 },
  { name: 'Black, Female', images: 757 },
  { name: 'White, Male', images: 1122 },
  { name: 'White, Female', images: 963 },
  { name: 'Indian, Male', images: 753 },
  { name: 'Indian, Female', images: 763 },
  { name: 'Latino_Hispanic, Male', images: 793 },
  { name: 'Latino_Hispanic, Female', images: 830 },
  { name: 'Middle Eastern, Male', images: 813 },
  { name: 'Middle Eastern, Female', images: 396 },
  { name: 'Southeast Asian, Male', images: 735 },
  { name: 'Southeast Asian, Female', images: 680 },
  { name: 'East Asian, Male', images: 777 },
  { name: 'East Asian, Female', images: 773 },
]

/** The same images by race alone. */
export const FAIRFACE_RACES: readonly SizedGroup[] = [
  { name: 'Black', images: 1556 },
  { name: 'White', images: 2085 },
  { name: 'Indian', images: 1516 },
  { name: 'Latino_Hispanic', images: 1623 },
  { name: 'Middle Eastern', images: 1209 },
  { name: 'Southeast Asian', images: 1415 },
  { name: 'East Asian', images: 1550 },
]

/** Rates planted for recovery, in the order of the races. Source: Radford et al. 2021, Table 6, printed percentages. */
export const TABLE_6_RATES = {
  crime: [0.164, 0.249, 0.244, 0.108, 0.197, 0.044, 0.013],
  'non-human': [0.144, 0.055, 0.076, 0.037, 0.02, 0.019, 0],
} as const
