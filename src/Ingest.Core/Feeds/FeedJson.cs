using System.Globalization;
using System.Text.Json;

namespace Ingest.Core.Feeds;

/// <summary>Writes what came of a feed as one JSON object: the shape of <c>ingest parse --jsonl</c>. What a feed does not say is left out.</summary>
public static class FeedJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, string id, FeedParseOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteBoolean("ok", outcome is FeedParseOutcome.Parsed);
        switch (outcome)
        {
            case FeedParseOutcome.Parsed(var feed):
                json.WriteString("format", WireName(feed.Format));
                json.WriteString("encoding", feed.Encoding);
                json.WriteBoolean("bozo", feed.Malformed);
                List(json, "problems", feed.Problems, WriteProblem);
                WriteDetails(json, "feed", feed);
                List(json, "entries", feed.Entries, WriteEntry);
                break;
            case FeedParseOutcome.NotAFeed(var why):
                json.WriteString("error", why);
                json.WriteBoolean("bozo", true);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, FeedProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Kind.ToString()));
        json.WriteNumber("count", problem.Count);
        List(json, "places", problem.Places, static (json, place) =>
        {
            json.WriteStartObject();
            Number(json, "line", place.Line);
            Number(json, "column", place.Column);
            Number(json, "entry", place.Entry);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static string WireName(FeedFormat format) => format.ToString().ToLowerInvariant();

    private static void WriteDetails(Utf8JsonWriter json, string name, FeedDetails? feed)
    {
        if (feed is null)
        {
            return;
        }

        json.WriteStartObject(name);
        WriteItem(json, feed);
        Text(json, "description", feed.Description, feed.DescriptionForm);
        Text(json, "generator", feed.Generator?.Name);
        Text(json, "generator_url", feed.Generator?.Url);
        Text(json, "generator_version", feed.Generator?.Version);
        Text(json, "docs", feed.Docs);
        Text(json, "ttl", feed.Ttl);
        Object(json, "schedule", feed is ParsedFeed { Schedule: var schedule } && schedule != FeedSchedule.None with { Ttl = schedule.Ttl } ? schedule : null, WriteSchedule);
        Text(json, "icon", feed.Icon);
        Text(json, "logo", feed.Logo);
        Text(json, "new_location", feed.NewLocation);
        Object(json, "cloud", feed.Cloud, static (json, cloud) =>
        {
            Text(json, "domain", cloud.Domain);
            Text(json, "port", cloud.Port);
            Text(json, "path", cloud.Path);
            Text(json, "register_procedure", cloud.RegisterProcedure);
            Text(json, "protocol", cloud.Protocol);
        });
        Object(json, "text_input", feed.TextInput, static (json, input) =>
        {
            Text(json, "title", input.Title);
            Text(json, "description", input.Description);
            Text(json, "name", input.Name);
            Text(json, "link", input.Link);
        });
        json.WriteEndObject();
    }

    private static void WriteSchedule(Utf8JsonWriter json, FeedSchedule schedule)
    {
        List(json, "skip_hours", [.. Enumerable.Range(0, 24).Where(hour => (schedule.SkipHours & (1 << hour)) != 0)], static (json, hour) => json.WriteNumberValue(hour));
        List(json, "skip_days", [.. Enum.GetValues<DayOfWeek>().Where(day => (schedule.SkipDays & (1 << (int)day)) != 0)], static (json, day) => json.WriteStringValue(day.ToString()));
        Number(json, "update_every_minutes", schedule.UpdateEvery is { } every ? (int)every.TotalMinutes : null);
    }

    private static void WriteItem(Utf8JsonWriter json, FeedItem item)
    {
        Text(json, "id", item.Id);
        Text(json, "title", item.Title, item.TitleForm);
        Text(json, "link", item.Link?.OriginalString);
        List(json, "links", item.Links, WriteLink);
        Time(json, "published", item.Published);
        Time(json, "updated", item.Updated);
        Time(json, "created", item.Created);
        Time(json, "expired", item.Expired);
        List(json, "authors", item.Authors, WritePerson);
        List(json, "contributors", item.Contributors, WritePerson);
        Object(json, "publisher", item.Publisher, WritePersonParts);
        List(json, "categories", item.Categories, WriteCategory);
        Text(json, "rights", item.Rights, item.RightsForm);
        Text(json, "license", item.License);
        Text(json, "language", item.Language);
        Object(json, "image", item.Image, WriteImage);
        Object(json, "itunes", item.Podcast, WritePodcast);
        Object(json, "geo", item.Place, WritePlace);
    }

    private static void WriteEntry(Utf8JsonWriter json, ParsedEntry entry)
    {
        json.WriteStartObject();
        WriteItem(json, entry);
        // The shape has no entry without a summary: where the feed gives only the content, that is also the summary.
        Text(json, "summary", entry.Summary ?? entry.Content, entry.SummaryForm ?? (entry.Summary is null ? entry.ContentForm : null));
        Text(json, "content", entry.Content, entry.ContentForm);
        Text(json, "content_src", entry.ContentSource);
        Text(json, "key", entry.Key == entry.Id ? null : entry.Key);
        json.WriteBoolean("guid_is_link", entry.IdIsLink);
        Text(json, "original_link", entry.OriginalLink?.OriginalString);
        Text(json, "comments", entry.Comments);
        Number(json, "comment_count", entry.CommentCount);
        Text(json, "wfw_comment", entry.CommentApi);
        Text(json, "wfw_comment_rss", entry.CommentFeed);
        List(json, "enclosures", entry.Enclosures, WriteEnclosure);
        WriteDetails(json, "source", entry.Source);
        if (entry.Media != FeedMedia.None)
        {
            json.WriteStartObject("media");
            List(json, "thumbnails", entry.Media.Thumbnails, WriteUrl);
            List(json, "contents", entry.Media.Contents, WriteUrl);
            json.WriteEndObject();
        }

        Text(json, "subtitle", entry.Subtitle);
        List(json, "chapters", entry.Chapters, WriteChapter);
        Object(json, "in_reply_to", entry.InReplyTo, WriteReply);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, FeedLink link)
    {
        json.WriteStartObject();
        Text(json, "href", link.Href);
        Text(json, "rel", link.Rel);
        Text(json, "type", link.Type);
        Text(json, "hreflang", link.Hreflang);
        Text(json, "title", link.Title);
        Text(json, "length", link.Length);
        json.WriteEndObject();
    }

    private static void WritePerson(Utf8JsonWriter json, FeedPerson person)
    {
        json.WriteStartObject();
        WritePersonParts(json, person);
        json.WriteEndObject();
    }

    private static void WritePersonParts(Utf8JsonWriter json, FeedPerson person)
    {
        Text(json, "name", person.Name);
        Text(json, "email", person.Email);
        Text(json, "url", person.Url);
    }

    private static void WriteCategory(Utf8JsonWriter json, FeedCategory category)
    {
        json.WriteStartObject();
        Text(json, "term", category.Term);
        Text(json, "scheme", category.Scheme);
        Text(json, "label", category.Label);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, FeedImage image)
    {
        Text(json, "url", image.Url);
        Text(json, "title", image.Title);
        Text(json, "link", image.Link);
        Text(json, "description", image.Description);
        Text(json, "width", image.Width);
        Text(json, "height", image.Height);
    }

    private static void WritePodcast(Utf8JsonWriter json, FeedPodcast podcast)
    {
        Flag(json, "block", podcast.Block);
        Flag(json, "explicit", podcast.Explicit);
        Text(json, "duration", podcast.Duration);
        Text(json, "episode", podcast.Episode);
        Text(json, "season", podcast.Season);
        Text(json, "episode_type", podcast.EpisodeType);
        Text(json, "transcript", podcast.Transcript);
        Text(json, "chapters", podcast.Chapters);
    }

    private static void WritePlace(Utf8JsonWriter json, FeedPlace place)
    {
        json.WriteString("type", place.Shape.ToString());
        json.WritePropertyName("coordinates");
        if (place.Shape == PlaceShape.Point)
        {
            WritePosition(json, place.Positions[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var position in place.Positions)
        {
            WritePosition(json, position);
        }

        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, IReadOnlyList<double> position)
    {
        json.WriteStartArray();
        foreach (var number in position)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteEnclosure(Utf8JsonWriter json, FeedEnclosure enclosure)
    {
        json.WriteStartObject();
        Text(json, "url", enclosure.Url);
        Text(json, "type", enclosure.Type);
        Text(json, "length", enclosure.Length);
        json.WriteEndObject();
    }

    private static void WriteUrl(Utf8JsonWriter json, string url)
    {
        json.WriteStartObject();
        Text(json, "url", url);
        json.WriteEndObject();
    }

    private static void WriteChapter(Utf8JsonWriter json, FeedChapter chapter)
    {
        json.WriteStartObject();
        Text(json, "title", chapter.Title);
        json.WriteNumber("start", chapter.Start.TotalSeconds);
        Text(json, "image", chapter.Image);
        json.WriteEndObject();
    }

    private static void WriteReply(Utf8JsonWriter json, FeedReply reply)
    {
        Text(json, "ref", reply.Ref);
        Text(json, "href", reply.Href);
        Text(json, "type", reply.Type);
        Text(json, "source", reply.Source);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value, FeedText? form)
    {
        Text(json, name, form?.Html ?? value);
        Text(json, name + "_type", form?.Type);
        Text(json, name + "_language", form?.Language);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } said)
        {
            json.WriteBoolean(name, said);
        }
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            json.WriteString(name, instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void Object<T>(Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> write) where T : class
    {
        if (value is not null)
        {
            json.WriteStartObject(name);
            write(json, value);
            json.WriteEndObject();
        }
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                write(json, value);
            }

            json.WriteEndArray();
        }
    }
}
