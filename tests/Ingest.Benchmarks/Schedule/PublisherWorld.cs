namespace Ingest.Benchmarks.Schedule;

/// <summary>
/// Two thousand publishers. How they publish is told as editors do it (shifts, scheduled posts, running stories, habits, holidays), in local time with
/// its changes, and knows nothing of how the policies think.
/// </summary>
internal sealed class PublisherWorld
{
    public const double Day = 24 * 60;
    public const double Length = 14 * Day;
    private const double History = 150 * Day;

    /// <summary>A Monday; on its fourteenth day clocks change in Europe, eight days before it they did in America.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _dice;

    private PublisherWorld(Random dice) => _dice = dice;

    public static IReadOnlyList<Publisher> Make(int seed)
    {
        var world = new PublisherWorld(new Random(seed));
        return
        [
            .. Enumerable.Range(0, 20).Select(_ => world.Make("wire agency", world.Agency)),
            .. Enumerable.Range(0, 400).Select(_ => world.Make("newsroom", world.Newsroom)),
            .. Enumerable.Range(0, 420).Select(_ => world.Make("local paper", world.LocalPaper)),
            .. Enumerable.Range(0, 220).Select(_ => world.Make("daily column", world.DailyColumn)),
            .. Enumerable.Range(0, 420).Select(_ => world.Make("weekly blog", world.WeeklyBlog)),
            .. Enumerable.Range(0, 320).Select(_ => world.Make("now and then", world.NowAndThen)),
            .. Enumerable.Range(0, 200).Select(_ => world.Make("silent", world.Silent)),
        ];
    }

    private Publisher Make(string kind, Func<Zone, IEnumerable<double>> publish)
    {
        var zone = Pick();
        var holiday = _dice.NextDouble() < 0.5 ? _dice.Next(0, 14) : -1;
        var moments = publish(zone).Where(at => at > -History && at < Length && !IsOff(at, holiday)).Order().ToList();
        return new Publisher(kind, [.. Appear(moments, zone)], Window(kind), Hint(), _dice.NextDouble() * 60);
    }

    // On a holiday a skeleton staff brings a quarter.
    private bool IsOff(double at, int holiday) => holiday >= 0 && (int)Math.Floor(at / Day) == holiday && _dice.NextDouble() < 0.75;

    private int Window(string kind) => kind == "wire agency" ? Choose(20, 30, 50, 100) : Choose(10, 10, 15, 20, 25, 30, 50);

    private double? Hint() => _dice.NextDouble() switch { < 0.5 => 60, < 0.6 => 30, < 0.65 => 15, < 0.68 => 180, < 0.71 => 1440, _ => null };

    /// <summary>What the document shows, and what it says: made anew every so often, dated by the day only, in the wrong zone, with the time of its making, or not at all.</summary>
    private IEnumerable<Item> Appear(List<double> moments, Zone zone)
    {
        var every = _dice.NextDouble() < 0.3 ? Choose(2, 5, 10, 15) : 0;
        var (phase, manner, shift) = (_dice.NextDouble(), _dice.NextDouble(), Choose(-120, -60, 60, 120, 320));
        foreach (var at in moments)
        {
            var appears = every == 0 ? at + (_dice.NextDouble() * 1.5) : (Math.Ceiling((at / every) + phase) - phase + 1e-6) * every;
            yield return new Item(appears, manner switch
            {
                < 0.05 => (Math.Floor((at + zone.At(at)) / Day) * Day) - zone.At(at),
                < 0.10 => at + shift,
                < 0.13 => double.NaN,
                < 0.16 => appears + 1,
                _ => Math.Floor(at),
            });
        }
    }

    private IEnumerable<double> Agency(Zone zone)
    {
        var perDay = LogNormal(110, 0.5);
        var onTheHour = _dice.NextDouble() < 0.4 ? 0.4 : 0;
        for (var day = FirstDay; day < LastDay; day++)
        {
            var count = Poisson(perDay * (IsWeekend(day) ? 0.7 : 1) * Wobble(0.15));
            for (var i = 0; i < count; i++)
            {
                var at = HourOf(AgencyShifts) * 60;
                if (_dice.NextDouble() < onTheHour) at = Math.Floor(at / 30) * 30;
                yield return zone.ToUtc(day, at);
            }
        }
    }

    private IEnumerable<double> Newsroom(Zone zone)
    {
        var perDay = LogNormal(18, 0.8);
        var (weekend, morning, running) = (0.3 + (_dice.NextDouble() * 0.6), _dice.NextDouble() < 0.5 ? 5 + _dice.Next(0, 3) : -1, 0.1 + (_dice.NextDouble() * 0.5));
        var turn = _dice.NextDouble() < 0.1 ? _dice.Next(-20, 14) : int.MaxValue;
        var after = _dice.NextDouble() < 0.5 ? 0.4 : 2.2;
        for (var day = FirstDay; day < LastDay; day++)
        {
            var mean = perDay * (IsWeekend(day) ? weekend : 1) * Wobble(0.3) * (day >= turn ? after : 1);
            if (morning > 0)
            {
                var batch = Poisson(mean * 0.2);
                for (var i = 0; i < batch; i++) yield return zone.ToUtc(day, (morning * 60) + (_dice.NextDouble() < 0.7 ? 0 : i));
            }
            var stories = Poisson(mean * (morning > 0 ? 0.8 : 1) * (1 - running));
            for (var i = 0; i < stories; i++) yield return zone.ToUtc(day, HourOf(NewsroomShifts) * 60);
            // Running stories: something happens, and pieces follow for some hours.
            var left = Poisson(mean * running);
            while (left > 0)
            {
                var (at, pieces) = (HourOf(NewsroomShifts) * 60, Math.Min(left, 2 + _dice.Next(0, 7)));
                for (var i = 0; i < pieces; i++) yield return zone.ToUtc(day, at += Exponential(22));
                left -= pieces;
            }
        }
    }

    private IEnumerable<double> LocalPaper(Zone zone)
    {
        var (perDay, weekend) = (LogNormal(3.5, 0.6), _dice.NextDouble() * 0.5);
        int[] slots = [7, 9 + _dice.Next(0, 3), 12, 15 + _dice.Next(0, 4)];
        var scheduled = _dice.NextDouble() < 0.35;
        for (var day = FirstDay; day < LastDay; day++)
        {
            var count = Poisson(perDay * (IsWeekend(day) ? weekend : 1) * Wobble(0.3));
            for (var i = 0; i < count; i++) yield return zone.ToUtc(day, scheduled && _dice.NextDouble() < 0.8 ? slots[_dice.Next(slots.Length)] * 60 : HourOf(OfficeHours) * 60);
        }
    }

    private IEnumerable<double> DailyColumn(Zone zone)
    {
        var (at, scheduled, weekends) = (60 * (5 + _dice.Next(0, 16)) + (_dice.NextDouble() < 0.6 ? 0 : Choose(15, 30, 45)), _dice.NextDouble() < 0.6, _dice.NextDouble() < 0.4);
        var moved = _dice.NextDouble() < 0.1 ? _dice.Next(-10, 14) : int.MaxValue;
        for (var day = FirstDay; day < LastDay; day++)
        {
            if ((IsWeekend(day) && !weekends) || _dice.NextDouble() < 0.08) continue;
            yield return zone.ToUtc(day, at + (day >= moved ? 180 : 0) + (scheduled ? 0 : Normal(40)));
        }
    }

    private IEnumerable<double> WeeklyBlog(Zone zone)
    {
        var (weekday, at, spread, scheduled) = (_dice.Next(7), 60 * (7 + _dice.Next(0, 15)), 30 + (_dice.NextDouble() * 150), _dice.NextDouble() < 0.35);
        for (var day = FirstDay; day < LastDay; day++)
        {
            var off = _dice.NextDouble();
            if (Math.Abs(day - FirstDay) % 7 != weekday || off < 0.1) continue;
            yield return zone.ToUtc(day + (off < 0.2 ? 1 : 0), at + (scheduled ? 0 : Normal(spread)));
        }
    }

    private IEnumerable<double> NowAndThen(Zone zone)
    {
        var mean = LogNormal(6, 0.8);
        for (var at = (double)FirstDay; at < LastDay; at += mean * Math.Exp(Normal(1) - 0.5))
            yield return zone.ToUtc((int)Math.Floor(at), HourOf(Leisure) * 60);
    }

    private IEnumerable<double> Silent(Zone zone)
    {
        var last = -(30 + (_dice.NextDouble() * 110));
        for (var at = last; at > FirstDay; at -= Exponential(8)) yield return zone.ToUtc((int)Math.Floor(at), HourOf(Leisure) * 60);
        if (_dice.NextDouble() < 0.1) yield return zone.ToUtc(_dice.Next(0, 14), HourOf(Leisure) * 60);
    }

    private static int FirstDay => -(int)(History / Day) - 1;

    private static int LastDay => (int)(Length / Day) + 1;

    private static bool IsWeekend(int day) => (((day % 7) + 7) % 7) >= 5;

    // How many work, or read mail, at each local hour.
    private static readonly double[] AgencyShifts = [4, 3, 3, 3, 4, 6, 8, 9, 10, 10, 10, 10, 9, 10, 10, 10, 9, 8, 8, 7, 7, 6, 5, 5];
    private static readonly double[] NewsroomShifts = [1, .5, .5, .5, 1, 3, 7, 9, 9, 9, 10, 10, 8, 8, 9, 10, 11, 11, 9, 7, 5, 5, 4, 2];
    private static readonly double[] OfficeHours = [0, 0, 0, 0, 0, 0, 1, 5, 9, 10, 10, 9, 6, 7, 9, 9, 8, 5, 2, 1, .5, .3, 0, 0];
    private static readonly double[] Leisure = [3, 1, .5, .2, .2, .5, 1, 3, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 8, 9, 9, 7, 5];

    private double HourOf(double[] staff)
    {
        var left = _dice.NextDouble() * staff.Sum();
        for (var hour = 0; ; hour++)
        {
            if (hour == staff.Length - 1 || left < staff[hour]) return hour + _dice.NextDouble();
            left -= staff[hour];
        }
    }

    private T Choose<T>(params T[] among) => among[_dice.Next(among.Length)];

    private double Wobble(double sigma) => Math.Exp(Normal(sigma) - (sigma * sigma / 2));

    private double LogNormal(double median, double sigma) => median * Math.Exp(Normal(sigma));

    private double Normal(double sigma) => sigma * Math.Sqrt(-2 * Math.Log(1 - _dice.NextDouble())) * Math.Cos(2 * Math.PI * _dice.NextDouble());

    private double Exponential(double mean) => -mean * Math.Log(1 - _dice.NextDouble());

    private int Poisson(double mean)
    {
        var count = 0;
        for (var left = mean - Exponential(1); left > 0; left -= Exponential(1)) count++;
        return count;
    }

    private Zone Pick() => Choose(Zone.London, Zone.Berlin, Zone.Berlin, Zone.Warsaw, Zone.NewYork, Zone.NewYork, Zone.LosAngeles, Zone.Delhi, Zone.Tokyo, Zone.SaoPaulo);

    /// <summary>Minutes before UTC, an hour more from a day on.</summary>
    private sealed record Zone(double Winter, double SummerFrom)
    {
        private const double Never = double.MaxValue;
        private const double Europe = (13 * Day) + 60;
        private const double America = (-8 * Day) + 600;

        public static readonly Zone London = new(0, Europe);
        public static readonly Zone Berlin = new(60, Europe);
        public static readonly Zone Warsaw = new(60, Europe);
        public static readonly Zone NewYork = new(-300, America);
        public static readonly Zone LosAngeles = new(-480, America);
        public static readonly Zone Delhi = new(330, Never);
        public static readonly Zone Tokyo = new(540, Never);
        public static readonly Zone SaoPaulo = new(-180, Never);

        public double At(double utc) => utc >= SummerFrom ? Winter + 60 : Winter;

        public double ToUtc(int day, double minute)
        {
            var local = (day * Day) + minute;
            return local - At(local - Winter);
        }
    }
}
