/** What keeps a file from being opened or sent: the virus scanner, and a disk without room. */
export const files = {
  "media.being_checked": "Being checked for viruses…",
  "media.check_unanswered": "The virus scanner does not answer. It will be asked again.",
  "media.infected": "In quarantine: a virus was found ({virus}). Nobody can open it.",
  "media.no_room": "Not fetched yet: the disk is nearly full. It comes when there is room.",
  "refused.upload.elsewhere": "The file goes on from where it was.",
  "kind.live_location": "Live location: WhatsApp does not pass it on. Ask for the current location instead.",
  "refused.file.no_room":
    "The disk of the appliance is nearly full: files of this kind are not taken until there is room.",
  "refused.scanner.address_malformed":
    "Write it like 127.0.0.1:3310, or as the path of a socket like /run/clamav/clamd.ctl.",
  "scanner.title": "Virus scanner",
  "scanner.intro":
    "Files that customers send and files that agents send are looked at before anybody can open them or they leave. The scanner is clamd (ClamAV), on this machine or in your network.",
  "scanner.none": "There is no virus scanner: files are not looked at.",
  "scanner.where": "Where it listens",
  "scanner.address": "Address",
  "scanner.address_hint": "Like 127.0.0.1:3310, or /run/clamav/clamd.ctl. Empty: there is no scanner.",
  "scanner.when_down": "While it does not answer",
  "scanner.when_down_hold": "Hold files back until it does",
  "scanner.when_down_pass": "Let files through unchecked",
  "scanner.waiting": {
    one: "{count} file waits for the scanner.",
    other: "{count} files wait for the scanner.",
  },
  "scanner.trial": "Try it",
  "scanner.trial_hint": "Hands it the harmless test file that every scanner knows (EICAR).",
  "scanner.try": "Try the scanner",
  "scanner.trial_works": "It works: it found {virus}.",
  "scanner.trial_blind": "It answers, but does not know the test file: has it no signatures yet?",
  "scanner.trial_silent": "It does not work.",
  "scanner.trouble_unreachable": "Nobody answers at this address.",
  "scanner.trouble_broken": "It broke off, or is no clamd.",
  "scanner.trouble_silent": "It took the question and said nothing for too long.",
  "scanner.trouble_refused": "It refused the file, perhaps because it is larger than its StreamMaxLength.",
  "health.scanner": "Virus scanner",
  "disk.early": "The disk is filling up.",
  "disk.videos": "The disk is nearly full: videos are not fetched any more.",
  "disk.documents": "The disk is nearly full: videos and documents are not fetched any more.",
  "disk.files": "The disk is nearly full: no file is fetched any more. Text still comes and goes.",
  "disk.what_to_do":
    "Make room or enlarge the disk. What was not fetched comes by itself as long as WhatsApp has it (7 days).",
} as const
