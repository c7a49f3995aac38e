// The moments at which something that trust rests on is written down; crash tests kill the agent at each.

export const trustSteps = [
  'keep_first_root',
  'keep_root',
  'keep_timestamp',
  'keep_snapshot',
  'keep_targets',
  'keep_channel',
  'keep_direction',
] as const

export type TrustStep = (typeof trustSteps)[number]

/** `file`: a name in the metadata folder. What is none of the four top roles belongs to a channel. */
export function stepOf(file: string): TrustStep {
  return trustSteps.find((step) => step === `keep_${file.replace(/\.json$/, '')}`) ?? 'keep_channel'
}
