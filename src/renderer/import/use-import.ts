import { useMemo } from 'react';
import type { Hepatica } from '#shared/contract/hepatica';
import type { ImportSource } from '#shared/contract/import';
import { type Problem, problem } from '#shared/model/problem';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { goBack, navigate } from '../app/navigation';
import { useReportProblem } from '../app/problems';
import { useHistory } from '../app/use-app-commands';
import { showToast } from '../ui/toasts';
import {
  addEntry,
  addFailure,
  addToReading,
  countRead,
  type Entry,
  editedFields,
  endReading,
  idOf,
  isValid,
  removeEntries,
  reset,
  show,
  showSaving,
  useImport,
} from './import-store';
import { problemOf, type Source, upload } from './upload';

/** Previews of so many sources come in one answer, which has room for their texts. */
const BATCH = 20;
/** Sources that may wait to be saved at one time. */
const MOST_SOURCES = 500;
/** Articles that may wait to be saved when a file holds many. */
const MOST_RECORDS = 2000;

type Answer = Awaited<ReturnType<Hepatica['importing']['preview']>>[number];

let stopping = new AbortController();
let queue: Promise<void> = Promise.resolve();

const uploadAll = async (sources: readonly Source[], signal: AbortSignal) => {
  const uploads: { source: Source; id: string }[] = [];
  for (const source of sources) {
    try {
      uploads.push({ source, id: await upload(source, signal) });
    } catch (error) {
      if (signal.aborted) return uploads;
      addFailure(problemOf(error), source.fileName);
      countRead(1);
    }
  }
  return uploads;
};

/** Reads the records of a file for which the answer had no room, as long as more may wait. */
const readRest = async (
  hepatica: Hepatica,
  first: ImportSource,
  t: ReturnType<typeof useT>,
  signal: AbortSignal,
): Promise<void> => {
  let rest: ImportSource | undefined = first;
  while (rest !== undefined && !signal.aborted) {
    if (useImport.getState().entries.length >= MOST_RECORDS) {
      const detail = t('importing.tooManyRecords', { count: MOST_RECORDS });
      addFailure({ code: 'conflict', message: detail, detail }, rest.fileName);
      return;
    }
    const answers: Answer[] = await hepatica.importing.preview({ sources: [rest] }, { signal });
    rest = answers.flatMap(showAnswer)[0];
  }
};

/** Shows an answer; gives what it had no room for. */
const showAnswer = (answer: Answer): ImportSource[] => {
  if (!answer.ok) {
    addFailure(answer.problem, answer.fileName);
    return [];
  }
  const { preview, rest } = answer;
  addEntry(preview);
  if (rest === undefined) return [];
  return [
    {
      upload: rest,
      kind: 'file',
      ...(preview.fileName === undefined ? {} : { fileName: preview.fileName }),
    },
  ];
};

const readBatch = async (
  hepatica: Hepatica,
  sources: readonly Source[],
  t: ReturnType<typeof useT>,
  signal: AbortSignal,
): Promise<void> => {
  const uploads = await uploadAll(sources, signal);
  if (uploads.length === 0 || signal.aborted) return;
  const named = uploads.map(({ source, id }) => ({
    upload: id,
    kind: source.kind,
    ...(source.fileName === undefined ? {} : { fileName: source.fileName }),
  }));
  let counted = 0;
  const answers = await hepatica.importing.preview(
    { sources: named },
    {
      signal,
      onProgress: ({ done }) => {
        countRead(done - counted);
        counted = done;
      },
    },
  );
  countRead(uploads.length - counted);
  for (const rest of answers.flatMap(showAnswer)) await readRest(hepatica, rest, t, signal);
};

const readAll = async (
  hepatica: Hepatica,
  sources: readonly Source[],
  t: ReturnType<typeof useT>,
  signal: AbortSignal,
): Promise<void> => {
  for (let at = 0; at < sources.length && !signal.aborted; at += BATCH) {
    const batch = sources.slice(at, at + BATCH);
    try {
      await readBatch(hepatica, batch, t, signal);
    } catch (error) {
      const failed: Problem = problemOf(error);
      if (failed.code !== 'cancelled')
        addFailure(failed, batch.length === 1 ? batch[0]?.fileName : undefined);
    }
  }
};

/** Stops reading; what was read stays. */
export const stopReading = (): void => stopping.abort();

/** Reads sources into previews and shows them. */
export const useAddSources = (): ((sources: readonly Source[]) => void) => {
  const hepatica = useHepatica();
  const t = useT();
  const report = useReportProblem();
  return useMemo(
    () => (sources) => {
      if (sources.length === 0) return;
      const { entries, reading } = useImport.getState();
      const room = Math.max(
        0,
        MOST_SOURCES - entries.length - ((reading?.total ?? 0) - (reading?.done ?? 0)),
      );
      for (const { fileName } of sources.slice(room)) {
        const detail = t('importing.tooManyFiles', { count: MOST_SOURCES });
        addFailure({ code: 'conflict', message: detail, detail }, fileName);
      }
      const taken = sources.slice(0, room);
      navigate({ name: 'import' });
      if (reading === undefined) stopping = new AbortController();
      const { signal } = stopping;
      addToReading(taken.length);
      queue = queue
        .then(() => readAll(hepatica, taken, t, signal))
        .catch(report)
        .finally(() => {
          const now = useImport.getState().reading;
          if (signal.aborted || (now !== undefined && now.done >= now.total)) endReading();
        });
    },
    [hepatica, t, report],
  );
};

const isDone = (): boolean => {
  const { entries, failures, reading } = useImport.getState();
  return entries.length === 0 && failures.length === 0 && reading === undefined;
};

/** To the article that was saved, or to the list where several were, or back to where the reader came from. */
const leave = (): void => {
  const { saved } = useImport.getState();
  const [only] = saved;
  reset();
  if (saved.length === 1 && only !== undefined) navigate({ name: 'article', id: only });
  else if (saved.length > 1) navigate({ name: 'library', query: { sort: 'added', descending: true } });
  else goBack();
};

/** Saves and discards previews, and says what came of it. */
export const useEntryActions = () => {
  const hepatica = useHepatica();
  const t = useT();
  const report = useReportProblem();
  const { undo } = useHistory();
  return useMemo(() => {
    const store = async (entry: Entry) => {
      const fields = editedFields(entry);
      const answer = await hepatica.importing.save({
        previewId: idOf(entry),
        fields,
        duplicate: entry.choice,
      });
      removeEntries([idOf(entry)], answer.id);
      return { ...answer, title: fields.title };
    };
    const save = async (entry: Entry): Promise<void> => {
      if (!isValid(entry)) throw problem('bad-request', t('importing.errors.title'));
      const { id, outcome, title } = await store(entry);
      const opens = isDone();
      const openIt = { label: t('importing.open'), run: () => navigate({ name: 'article' as const, id }) };
      const takeBack = { label: t('importing.undo'), run: undo };
      showToast({
        message: t(`importing.${outcome}`, { title: title.length > 80 ? `${title.slice(0, 79)}…` : title }),
        ...(opens && outcome === 'kept' ? {} : { action: opens ? takeBack : openIt }),
      });
      if (opens) leave();
    };
    const saveAll = async (): Promise<void> => {
      const ready = useImport.getState().entries.filter(isValid);
      let stored = 0;
      try {
        for (const [done, entry] of ready.entries()) {
          showSaving({ done, total: ready.length });
          const { outcome } = await store(entry);
          if (outcome !== 'kept') stored += 1;
        }
      } finally {
        showSaving(undefined);
        if (stored > 0) showToast({ message: t('importing.savedAll', { count: stored }) });
      }
      const left = useImport.getState().entries.length;
      if (isDone()) leave();
      else if (left > 0) showToast({ message: t('importing.someLeft', { count: left }) });
      show(0);
    };
    const discard = (entries: readonly Entry[]): void => {
      const previewIds = entries.map(idOf);
      removeEntries(previewIds);
      if (previewIds.length > 0) void hepatica.importing.discard({ previewIds }).catch(report);
    };
    return {
      save: (entry: Entry): void => void save(entry).catch(report),
      saveAll: (): void => void saveAll().catch(report),
      /** Leaves one out; the last one closes the view. */
      leaveOut: (entry: Entry): void => {
        discard([entry]);
        if (isDone()) leave();
      },
      /** Drops all that waits and closes the view. */
      cancel: (): void => {
        stopReading();
        discard(useImport.getState().entries);
        leave();
      },
    };
  }, [hepatica, t, report, undo]);
};
