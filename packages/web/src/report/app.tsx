import { useMemo, useRef, useState } from 'preact/hooks'
import { readVerdicts } from '../../../plimsoll/src/model/reading/findings.ts'
import { Lab } from './appendix/lab.tsx'
import { NotCovered } from './appendix/not-covered.tsx'
import { Probes } from './appendix/probes.tsx'
import { Routes } from './appendix/routes.tsx'
import { Standards } from './appendix/standards.tsx'
import { ExplanationDrawer } from './explanation/explanation-drawer.tsx'
import { Contents } from './frame/contents.tsx'
import { FilterBar } from './frame/filter-bar.tsx'
import { HelpDialog } from './frame/help-dialog.tsx'
import { TopBar } from './frame/top-bar.tsx'
import type { ReportData } from './read-data.ts'
import { contentsOf, sectionsOf } from './sections.ts'
import { createFilter } from './state/filter.ts'
import { ReportContext } from './state/report-context.ts'
import { step, useKeys } from './state/use-keys.ts'
import { useOpen } from './state/use-open.ts'
import { useTheme } from './state/use-theme.ts'
import { Facts } from './summary/facts.tsx'
import { LoadLineCard } from './summary/load-line-card.tsx'
import { Problem } from './summary/problem.tsx'
import { TallyBoard } from './summary/tally-board.tsx'
import { VerdictSentence } from './summary/verdict-sentence.tsx'
import { VerdictSection } from './verdict/verdict-section.tsx'

export const App = ({ run, explanations }: ReportData) => {
  const [words, setWords] = useState('')
  const [help, setHelp] = useState(false)
  const [explained, setExplained] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { theme, next: nextTheme } = useTheme()

  const { sections, ids, standards } = useMemo(() => {
    const sections = sectionsOf(readVerdicts(run))
    const ids = new Set(sections.flatMap((section) => section.verdicts.map((it) => it.id)))
    return { sections, ids, standards: new Map(run.standards.map((it) => [it.id, it])) }
  }, [run])
  const { open, setOpen, toggle } = useOpen(ids)

  const keep = useMemo(() => createFilter(words, standards), [words, standards])
  const shown = sections.flatMap((section) => section.verdicts.filter(keep)).length
  const allOpen = open.size >= ids.size
  const turnAll = () => setOpen(allOpen ? new Set() : ids)

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    e: turnAll,
    t: nextTheme,
    '/': () => input.current?.focus(),
    '?': () => setHelp(true),
  })

  const state = {
    run,
    explanations,
    standards,
    isOpen: (id: string) => open.has(id),
    toggle,
    explain: setExplained,
  }
  const text = explained === null ? undefined : explanations[explained]
  return (
    <ReportContext.Provider value={state}>
      <TopBar name={run.system.name} theme={theme} onTheme={nextTheme} onHelp={() => setHelp(true)} />
      <div class="page">
        <Contents entries={contentsOf(run, sections)} />
        <main>
          <VerdictSentence run={run} />
          {run.problem && <Problem problem={run.problem} />}
          <LoadLineCard run={run} />
          <div class="overview">
            <TallyBoard run={run} linked={new Set(sections.map((it) => it.id))} />
            <Facts run={run} />
          </div>
          {ids.size > 0 && (
            <FilterBar
              words={words}
              shown={shown}
              total={ids.size}
              allOpen={allOpen}
              input={input}
              onWords={setWords}
              onAll={turnAll}
            />
          )}
          {sections.map((section) => (
            <VerdictSection key={section.id} {...section} keep={keep} />
          ))}
          <NotCovered run={run} />
          <Lab run={run} />
          <Routes run={run} />
          <Standards run={run} />
          <Probes run={run} />
        </main>
      </div>
      {help && <HelpDialog onClose={() => setHelp(false)} />}
      {text !== undefined && <ExplanationDrawer text={text} onClose={() => setExplained(null)} />}
    </ReportContext.Provider>
  )
}
