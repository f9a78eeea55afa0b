import { Coalescer } from './coalesce';

describe('coalescing', () => {
  const setUp = () => {
    const time = { now: 1_000_000 };
    const load = jest.fn<Promise<number>, []>().mockImplementation(() => Promise.resolve(load.mock.calls.length));
    return { time, load, coalescer: new Coalescer<number>(10, () => time.now) };
  };

  it('asks once for the same question in flight', async () => {
    const { coalescer, load } = setUp();
    const answers = await Promise.all(Array.from({ length: 12 }, () => coalescer.fetch('k', 1000, load)));
    expect(load).toHaveBeenCalledTimes(1);
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([1]));
  });

  it('keeps an answer for its time to live and no longer', async () => {
    const { coalescer, load, time } = setUp();
    await coalescer.fetch('k', 1000, load);
    time.now += 999;
    expect((await coalescer.fetch('k', 1000, load)).fetchedAt).toBe(1_000_000);
    time.now += 2;
    expect((await coalescer.fetch('k', 1000, load)).value).toBe(2);
  });

  it('keeps what it fetched as long as the value itself is worth keeping', async () => {
    const { coalescer, load, time } = setUp();
    const ttlOf = (value: number) => (value === 1 ? 10 : 1000);
    await coalescer.fetch('k', ttlOf, load);
    time.now += 11;
    expect((await coalescer.fetch('k', ttlOf, load)).value).toBe(2);
    time.now += 999;
    expect((await coalescer.fetch('k', ttlOf, load)).value).toBe(2);
  });

  it('asks again when told to skip what is kept', async () => {
    const { coalescer, load } = setUp();
    await coalescer.fetch('k', 1000, load);
    expect((await coalescer.fetch('k', 1000, load, true)).value).toBe(2);
  });

  it('keeps no failure', async () => {
    const { coalescer, load } = setUp();
    load.mockRejectedValueOnce(new Error('down'));
    await expect(coalescer.fetch('k', 1000, load)).rejects.toThrow('down');
    await expect(coalescer.fetch('k', 1000, load)).resolves.toMatchObject({ value: 2 });
  });
});
