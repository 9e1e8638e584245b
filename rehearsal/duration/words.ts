/** `19 min 40 s`, `2 min`, `45 s`, `0.2 s`. */
export function durationWords(seconds: number): string {
    if (seconds < 9.95 && !Number.isInteger(seconds)) {
        return `${seconds.toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    const parts = [
        whole >= 60 ? `${Math.floor(whole / 60)} min` : "",
        whole % 60 > 0 || whole < 60 ? `${whole % 60} s` : "",
    ];
    return parts.filter((part) => part !== "").join(" ");
}

/** A moment as minutes and seconds since the beginning: `9:05`. */
export function clockWords(seconds: number): string {
    const whole = Math.floor(seconds);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
