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

  it('answers more questions in flight than it has places for', async () => {
    const { coalescer } = setUp();
    const keys = Array.from({ length: 12 }, (_, index) => String(index));
    const answers = await Promise.all(
      keys.map((key) => coalescer.fetch(key, 1000, () => Promise.resolve(Number(key)))),
    );
    expect(answers.map(({ value }) => value)).toEqual(keys.map(Number));
    expect(coalescer.figures().entries).toBe(10);
  });

  it('counts a question that is just being asked as a hit', async () => {
    const { coalescer, load } = setUp();
    await Promise.all(Array.from({ length: 12 }, () => coalescer.fetch('k', 1000, load)));
    expect(coalescer.figures()).toMatchObject({ misses: 1, hits: 11 });
  });

  it('holds nothing that has expired, though nobody asks for it again', async () => {
    const { coalescer, load, time } = setUp();
    await coalescer.fetch('until 10:00', 1000, load);
    await coalescer.fetch('a closed day', 5000, load);
    time.now += 1001;
    await coalescer.fetch('until 10:01', 1000, load);
    expect(coalescer.figures().entries).toBe(2);
    expect((await coalescer.fetch('a closed day', 5000, load)).value).toBe(2);
  });

  it('does not cut off a question whose kept answer has expired', async () => {
    const { coalescer, load, time } = setUp();
    await coalescer.fetch('slow', 1000, load);
    time.now += 1001;
    let answer: (value: number) => void = () => undefined;
    const slow = coalescer.fetch('slow', 1000, () => new Promise((resolve) => (answer = resolve)));
    await coalescer.fetch('quick', 1000, load);
    const alike = coalescer.fetch('slow', 1000, load);
    answer(7);
    await expect(Promise.all([slow, alike])).resolves.toMatchObject([{ value: 7 }, { value: 7 }]);
  });
});
