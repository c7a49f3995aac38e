// Assigns an inquiry: shown at once, since it is only ours, and undone for eight seconds.
import { useEffect, useState } from 'react'
import { api, type Schemas, useMe } from '#api'

const UNDO_MS = 8000

type Person = Schemas['PersonRef'] | null

export type Assign = ReturnType<typeof useAssign>

export function useAssign({ id, assignee }: Schemas['InquiryForStaff']) {
  const me = useMe()
  const change = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  const [wished, setWished] = useState<Person>(null)
  /** Who it was assigned to before, as long as that can be undone. */
  const [before, setBefore] = useState<{ person: Person }>()
  useEffect(() => {
    if (!before) return undefined
    const timer = setTimeout(() => setBefore(undefined), UNDO_MS)
    return () => clearTimeout(timer)
  }, [before])

  function assign(person: Person) {
    setWished(person)
    change.mutate({ params: { path: { inquiryId: id } }, body: { assigneeId: person?.id ?? null } })
  }

  function to(person: Person) {
    if (person?.id === assignee?.id) return
    setBefore({ person: assignee })
    assign(person)
  }

  return {
    assignee: change.isPending ? wished : assignee,
    isMine: (change.isPending ? wished : assignee)?.id === me.id,
    error: change.error,
    to,
    toMe: () => to({ id: me.id, name: me.name }),
    undo:
      before &&
      (() => {
        setBefore(undefined)
        assign(before.person)
      }),
  }
}
