// Which file of a release is for a machine: the same rule on both sides, so that what is offered is what is taken.

interface Place {
  platform: string
  arch: string
}

const ANY = 'any'

/** The file for this platform and architecture; one of its own goes before one that says `any`. Undefined where none fits. */
export function findFitting<Artifact extends Place>(
  artifacts: readonly Artifact[],
  { platform, arch }: Place,
): Artifact | undefined {
  const fits = (offered: string, wanted: string) => offered === wanted || offered === ANY
  return artifacts
    .filter((one) => fits(one.platform, platform) && fits(one.arch, arch))
    .toSorted((a, b) => exactness(b) - exactness(a))[0]
}

function exactness({ platform, arch }: Place) {
  // The platform weighs more: a file for linux/any runs here, one for any/x64 may only be data.
  return (platform === ANY ? 0 : 2) + (arch === ANY ? 0 : 1)
}
