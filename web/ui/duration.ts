/** Formats minutes: `80` is "1 h 20 min", `2880` is "2 days". */
export function duration(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  return [
    days > 0 && `${days} ${days === 1 ? 'day' : 'days'}`,
    hours > 0 && `${hours} h`,
    rest > 0 && `${rest} min`,
  ]
    .filter(Boolean)
    .join(' ');
}
