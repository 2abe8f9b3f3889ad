import { TypeCompiler } from '@sinclair/typebox/compiler';
import { isCare } from '#kernel';
import { PathwayDefinition } from './schema.js';

const schema = TypeCompiler.Compile(PathwayDefinition);

/** What is wrong with a definition, in sentences its author can act on; empty when it may be released. */
export function definitionProblems(candidate: unknown): readonly string[] {
  if (!schema.Check(candidate)) {
    return [...schema.Errors(candidate)].map((error) => `${error.path || '/'}: ${error.message}`);
  }
  const unknown = referenceProblems(candidate);
  return unknown.length
    ? unknown
    : [...graphProblems(candidate), ...handoffProblems(candidate), ...sharingProblems(candidate)];
}

const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, i) => values.indexOf(value) < i);

function referenceProblems({ start, stages, transitions, ...rest }: PathwayDefinition): readonly string[] {
  const known = new Set(stages.map((stage) => stage.id));
  const codes = [rest.handoffs.declineReasons, rest.referrals.declineReasons, rest.contactKinds];
  return [
    ...repeated(stages.map((stage) => stage.id)).map((id) => `stage ${id} is there twice`),
    ...repeated(transitions.map(({ from, to }) => `${from} to ${to}`)).map(
      (pair) => `the way from ${pair} is there twice`,
    ),
    ...repeated(rest.eligibility.map(({ code }) => code)).map((code) => `the criterion ${code} is there twice`),
    ...codes
      .flatMap((list) => repeated(list.map(({ code }) => code)))
      .map((code) => `the code ${code} is there twice in one list`),
    ...[start, ...transitions.flatMap(({ from, to }) => [from, to])]
      .filter((id) => !known.has(id))
      .map((id) => `stage ${id} is named but not described`),
  ];
}

/** Every stage can be reached from the start, and from every stage an end can be reached. */
function graphProblems({ start, stages, transitions }: PathwayDefinition): readonly string[] {
  const ends = stages.filter((stage) => stage.kind === 'end').map((stage) => stage.id);
  const reached = reachable([start], (id) => transitions.filter(({ from }) => from === id).map(({ to }) => to));
  const ending = reachable(ends, (id) => transitions.filter(({ to }) => to === id).map(({ from }) => from));
  return [
    ...(stages.find((stage) => stage.id === start)?.kind === 'referral'
      ? []
      : [`the start, ${start}, is not a referral`]),
    ...stages.filter(({ id }) => !reached.has(id)).map(({ id }) => `stage ${id} cannot be reached from ${start}`),
    ...stages.filter(({ id }) => !ending.has(id)).map(({ id }) => `from stage ${id} no end can be reached`),
    ...transitions
      .filter(({ from }) => ends.includes(from))
      .map(({ from, to }) => `${from} is an end, yet leads to ${to}`),
  ];
}

function reachable(from: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(from);
  for (const id of seen) next(id).forEach((to) => seen.add(to));
  return seen;
}

/** Clinical data is denied outside health and social care unless a rule says why (FACTS 6, 7.2). */
const sharingProblems = ({ stages, sharing }: PathwayDefinition): readonly string[] =>
  sharing
    ? []
    : [...new Set(stages.filter((stage) => !isCare(stage.sector)).map((stage) => stage.sector))].map(
        (sector) => `${sector} is outside health and social care, so the pathway must say what may be told there`,
      );

/** Every handoff names both parties, they are the sectors of its stages, and the boundary is allowed. */
function handoffProblems({ stages, transitions, handoffs }: PathwayDefinition): readonly string[] {
  const stageOf = (id: string) => stages.find((stage) => stage.id === id)!;
  return transitions.flatMap(({ from, to, kind, sender, receiver }) => {
    const way = `from ${from} to ${to}`;
    const before = stageOf(from);
    const after = stageOf(to);
    if (kind !== 'handoff') {
      const misplaced = sender || receiver ? [`the ${kind} ${way} names a sender or receiver, but is no handoff`] : [];
      if (kind === 'admission' && after.kind !== 'hospital')
        return [...misplaced, `the admission ${way} does not lead to a hospital stage`];
      if (kind === 'return' && before.kind !== 'hospital')
        return [...misplaced, `the return ${way} does not leave a hospital stage`];
      if (kind === 'step' && after.kind !== 'end' && before.sector !== after.sector) {
        return [
          ...misplaced,
          `the step ${way} crosses from ${before.sector} to ${after.sector}, so it must be a handoff`,
        ];
      }
      return misplaced;
    }
    if (!sender || !receiver) return [`the handoff ${way} does not name its sender and its receiver`];
    return [
      ...(sender === before.sector ? [] : [`the handoff ${way} is sent by ${sender}, but ${from} is ${before.sector}`]),
      ...(receiver === after.sector ? [] : [`the handoff ${way} goes to ${receiver}, but ${to} is ${after.sector}`]),
      ...(handoffs.allowed.includes(`${sender}>${receiver}`)
        ? []
        : [`the handoff ${way} crosses ${sender}>${receiver}, which is not allowed`]),
    ];
  });
}
