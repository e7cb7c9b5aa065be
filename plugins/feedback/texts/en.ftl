# How it went: the offer, the form, the summary.

sentence = Asks those who took part how it went, and sums it up
word-feedback = say how it went

offer = How did { $inc } go? Two taps, no names shown.
offer-text = How did { $inc } go? Press to give feedback: { $title }
count = { $n ->
    [one] { $n } person has answered
   *[other] { $n } people have answered
}
give = Give feedback
ask = You took part in { $inc }, { $title }. How did it go?
kept = Kept. Press again to change it.
over = Feedback is closed.

form-title = Feedback
form-intro = { $inc }: { $title }
form-intro-2 = Two taps are enough. About the way we worked, never about people.
form-response = How did the response go?
response-5 = 5 Very well
response-4 = 4 Well
response-3 = 3 So-so
response-2 = 2 Badly
response-1 = 1 Very badly
form-iris = Did Iris help?
iris-yes = Yes
iris-partly = Partly
iris-no = No, it was in the way
form-change = What should change?
form-change-hint = The summary in the room shows no names.
form-submit = Send
form-cancel = Cancel

sum-head = { $n ->
    [one] Feedback on { $inc }: { $n } answer
   *[other] Feedback on { $inc }: { $n } answers
}
sum-response = Response{"  "}
sum-average = { $average } of 5
sum-iris = Iris helped{"  "}
sum-helped = yes { $yes }, partly { $partly }, no { $no }
sum-change = To change
sum-next = Take it into your retrospective.
not-resolved = { $inc } is still ongoing. Feedback is asked for when it is resolved.
