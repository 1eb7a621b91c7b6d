/** What kind of harm an outcome category does to a person put into it. */
export type Harm = 'none' | 'denigration' | 'stereotyping' | 'quality-of-service' | 'representation' | 'allocation'
