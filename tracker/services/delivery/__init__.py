"""Changes that come to people: each in a message, or many in a digest.

`target` says where a subscription is told of and how often; `fill` turns changes into messages in the outbox; `notices` and
`sheet` put them into words; `send` carries them out through one of the `channels`, again and again by the rules of `patience`.
`subscribe` and `outbox` are what people do about it. Every message is sent at least once, under an id that never changes.
"""
