/** What was just done, in words, on the page that follows a form. The address carries a key, never words. */
export const doneWords: Readonly<Record<string, string>> = {
  offered: 'The handover has been offered. Until they accept, the team that is responsible now stays responsible.',
  accepted: 'You have accepted this handover.',
  declined: 'You have declined. You are not responsible, and the team that asked has been told.',
  withdrawn: 'The handover has been withdrawn.',
  'notice-read': 'Noted: you have read it.',
  'acted-on': 'It has left the top of your list.',
  reported: 'The answer has been recorded as reported, not confirmed.',
  confirmed: 'You have confirmed the answer.',
  disputed: 'You have denied the answer. Both accounts stand until it is settled.',
  settled: 'It has been settled who is responsible.',
  contacted: 'The first contact has been recorded.',
  'key-worker': 'The key worker has been named.',
  'referral-taken': 'Your team has taken the referral and is responsible.',
  'referral-declined': 'The referral has been declined.',
  'passed-on': 'The referral has been passed on.',
  ordered: 'The order has been recorded. It stays on this page until it comes.',
  delivered: 'Recorded: it came.',
  'not-delivered': 'Recorded: it did not come. The order stays open.',
  'order-cancelled': 'The order is cancelled.',
  consent: 'What the person said about sharing has been recorded.',
  contact: 'The contact has been recorded.',
  plan: 'The care plan has been recorded.',
  reviewed: 'The review has been recorded.',
  paused: 'The journey is paused.',
  resumed: 'The journey goes on.',
  closed: 'The journey is closed.',
  admitted: 'The admission has been recorded.',
  moved: 'The move has been recorded.',
  ready: 'Recorded: ready to leave hospital.',
  'not-ready': 'Recorded: no longer ready to leave hospital.',
  discharged: 'Recorded: the person left hospital.',
  died: 'The death has been recorded. Open offers have stopped.',
  corrected: 'The entry has been put right. The original is kept.',
  'emergency-ended': 'Your emergency access has ended.',
  'emergency-reviewed': 'The review has been recorded.',
  'in-error': 'The entry no longer counts. It is kept to be seen.',
};

export const doneIn = (query: unknown): string | null => {
  const key = (query as { done?: unknown } | undefined)?.done;
  return (typeof key === 'string' ? doneWords[key] : undefined) ?? null;
};
