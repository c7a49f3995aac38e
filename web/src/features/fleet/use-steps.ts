// From the open installation to those beside it in the list, and back to the list.
import { useNavigate, useSearchParams } from 'react-router'
import { withParams } from './fleet-filter.ts'
import { rowLinkId } from './fleet-table.tsx'

export function useSteps(ids: string[], openId: string | undefined) {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const beside = (step: number) => {
    const id = openId !== undefined && ids.includes(openId) ? ids[ids.indexOf(openId) + step] : undefined
    const to = withParams(params, { open: id })
    return id === undefined ? undefined : () => void navigate(to, { preventScrollReset: true, replace: true })
  }
  function onClose() {
    void navigate(withParams(params, { open: undefined }), { preventScrollReset: true })
    document.getElementById(rowLinkId(openId ?? ''))?.focus()
  }
  return { previous: beside(-1), next: beside(1), onClose }
}
