// Counts down to the end of a term, and tells a moment by the reader's own clock where it is another.
// Without it the page stands as it was written; the server says durations alike (`duration`).

const language = document.documentElement.lang;
const AGAIN = 15_000; // ms

const unit = (number, name) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(number);
const duration = (seconds) => {
  const whole = Math.max(Math.floor(seconds / 60), 1);
  const [days, hours, minutes] = [Math.floor(whole / 1440), Math.floor(whole / 60) % 24, whole % 60];
  const parts = days ? [[days, "day"], [hours, "hour"]] : [[hours, "hour"], [minutes, "minute"]];
  return parts.filter(([number]) => number).map(([number, name]) => unit(number, name)).join(" ").replaceAll(" ", "\u00a0");
};

// Counted from what the server said was left: the clock of the device may be wrong.
for (const place of document.querySelectorAll("[data-left]")) {
  const { left, said, over } = place.dataset;
  const end = Date.now() + Number(left) * 1000;
  const timer = setInterval(() => {
    const seconds = (end - Date.now()) / 1000;
    place.textContent = seconds < 0 ? over : said.replace("{time}", duration(seconds));
    if (seconds < 0) clearInterval(timer);
  }, AGAIN);
}

const offset = (iso) => {
  const [, sign, hours, minutes] = iso.match(/([+-])(\d\d):?(\d\d)$/) ?? [0, "+", "00", "00"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};
for (const place of document.querySelectorAll("time[data-yours]")) {
  const moment = new Date(place.dateTime);
  if (-moment.getTimezoneOffset() === offset(place.dateTime)) continue;
  const told = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "shortOffset" });
  const { day, month, year, hour, minute, timeZoneName } = Object.fromEntries(told.formatToParts(moment).map(({ type, value }) => [type, value]));
  const said = `${day}\u00a0${month}\u00a0${year}, ${hour}:${minute} (${timeZoneName.replace("GMT", "UTC")})`;
  const line = Object.assign(document.createElement("span"), { className: "small yours" });
  line.textContent = place.dataset.yours.replace("{moment}", said);
  place.after(" ", line);
}
