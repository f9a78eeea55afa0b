import { KeptAnswers } from './kept';

describe('kept answers', () => {
  it('are found under each of their names, the first name first', () => {
    const kept = new KeptAnswers<string>(1000, 10);
    kept.remember(['start', 'length'], 'old', 0);
    kept.remember(['other start', 'length'], 'new', 10);
    expect(kept.find(['start', 'length'], 20)).toEqual({ value: 'old', at: 0 });
    expect(kept.find(['nothing', 'length'], 20)).toEqual({ value: 'new', at: 10 });
  });

  it('stand in while young enough and no longer', () => {
    const kept = new KeptAnswers<string>(1000, 10);
    kept.remember(['key'], 'value', 0);
    expect(kept.find(['key'], 1000)).not.toBeNull();
    expect(kept.find(['key'], 1001)).toBeNull();
  });

  it('are forgotten, the oldest first, when there are too many', () => {
    const kept = new KeptAnswers<number>(1000, 2);
    kept.remember(['a'], 1, 0);
    kept.remember(['b'], 2, 0);
    kept.remember(['a'], 3, 0);
    kept.remember(['c'], 4, 0);
    expect([kept.find(['a'], 0)?.value, kept.find(['b'], 0)?.value, kept.find(['c'], 0)?.value]).toEqual([
      3,
      undefined,
      4,
    ]);
  });

  it('that are too old to stand in are held no longer', () => {
    const kept = new KeptAnswers<string>(1000, 10);
    kept.remember(['a', 'b'], 'old', 0);
    kept.remember(['c'], 'young', 500);
    kept.remember(['d'], 'new', 1001);
    expect(kept.size).toBe(2);
    expect(kept.find(['c'], 1001)?.value).toBe('young');
  });
});
