import { CallHeaders } from './headers';

describe('headers of a call', () => {
  const headers = new CallHeaders({ Fromalert: 'true', 'X-Trace': ['a', 'b'], empty: [] });

  it('are found whatever the case of their name', () => {
    expect(headers.get('FromAlert')).toBe('true');
    expect(headers.has('x-TRACE')).toBe(true);
  });

  it('give their first value or all', () => {
    expect(headers.get('x-trace')).toBe('a');
    expect(headers.getAll('x-trace')).toEqual(['a', 'b']);
  });

  it('tell an absent one from an empty one', () => {
    expect([headers.get('absent'), headers.has('absent'), headers.getAll('absent')]).toEqual([null, false, []]);
    expect([headers.get('empty'), headers.has('empty')]).toEqual([null, true]);
  });
});
